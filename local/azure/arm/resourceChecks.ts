import { z } from "zod";
import type { AzureRequest } from "../http/message";
import {
  invalidResourceLocation,
  invalidResourceType,
  invalidTagNames,
  locationNotAvailable,
  locationRequired,
  parentResourceNotFound,
  resourceNotFound,
  tooManyTags,
} from "./errors";
import { jsonContent } from "./jsonContent";
import { regions, shortLocation } from "./regions";
import { formatResourcePath, type ProviderPart, type ResourcePath } from "./resourcePath";
import type { ArmContext } from "./resourceProvider";
import type { ResourceIndex } from "./resources/resourceIndex";
import { globalTypes, regionalTypes, type ResourceTypes } from "./resourceTypes";

/** Azure allows a resource this many tags. */
const tagLimit = 50;

/** Characters that no tag name has, beside control characters. */
const reservedInTagNames = /[<>%&\\?/\p{Cc}]/u;

const taggedSchema = z.looseObject({ tags: z.record(z.string(), z.unknown()) });

const locatedSchema = z.looseObject({ location: z.string().optional() });

/** @throws ServiceError 400, where a body has more tags than Azure takes, or names with reserved characters */
export function checkTags(request: AzureRequest): void {
  if (request.method === "GET" || request.method === "HEAD") {
    return;
  }
  const names = Object.keys(taggedSchema.safeParse(jsonContent(request)).data?.tags ?? {});
  if (names.length > tagLimit) {
    throw tooManyTags(names.length, tagLimit);
  }
  const reserved = names.filter((name) => reservedInTagNames.test(name));
  if (reserved.length > 0) {
    throw invalidTagNames(reserved);
  }
}

/** @throws ServiceError 404 InvalidResourceType, where Azure has no such type */
export function checkType(types: ResourceTypes, method: string, part: ProviderPart, apiVersion: string): void {
  const isAction = method === "POST" && part.types.length > part.names.length && part.names.length > 0;
  const type = (isAction ? part.types.slice(0, -1) : part.types).join("/");
  if (!types.has(part.namespace, type)) {
    throw invalidResourceType(type, part.namespace, apiVersion);
  }
}

/**
 * The top-level resource that a request goes below must exist: the parent of a nested resource, the resource of an
 * action, the scope of an extension resource.
 */
export async function checkTopLevelResource(
  index: ResourceIndex,
  path: ResourcePath,
  part: ProviderPart,
  context: ArmContext,
  use: "parent" | "itself",
): Promise<void> {
  const top = topLevelOf(path, part);
  if (top !== undefined && (await index.get(top.id, context)) === undefined) {
    throw use === "parent"
      ? parentResourceNotFound(top.name)
      : resourceNotFound(top.type, top.name, context.resourceGroup ?? "");
  }
}

/** A regional resource has a location: a region, and the same one for good. */
export async function checkLocation(
  index: ResourceIndex,
  request: AzureRequest,
  path: ResourcePath,
  part: ProviderPart,
  context: ArmContext,
): Promise<void> {
  const top = topLevelOf(path, part);
  if (request.method !== "PUT" || top === undefined || part.types.length !== 1) {
    return;
  }
  const location = locatedSchema.safeParse(jsonContent(request)).data?.location;
  if (location === undefined || location === "") {
    throw locationRequired();
  }
  const available = globalTypes.includes(top.type) ? ["global"] : Object.keys(regions);
  if (!available.includes(shortLocation(location))) {
    throw locationNotAvailable(location, top.type, available);
  }
  const existing = (await index.get(top.id, context))?.location;
  if (existing !== undefined && existing !== shortLocation(location)) {
    throw invalidResourceLocation(top.name, context.resourceGroup ?? "", existing, shortLocation(location));
  }
}

function topLevelOf(
  path: ResourcePath,
  { namespace, types, names }: ProviderPart,
): { readonly id: string; readonly type: string; readonly name: string } | undefined {
  const type = `${namespace}/${types[0] ?? ""}`;
  const name = names[0];
  if (name === undefined || path.resourceGroup === undefined || !regionalTypes.includes(type)) {
    return undefined;
  }
  const id = formatResourcePath({
    ...path,
    providers: [{ namespace, types: types.slice(0, 1), names: [name] }],
  });
  return { id, type, name };
}
