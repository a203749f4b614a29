import type { Caller } from "../entra/caller";
import type { DirectoryObjects } from "../entra/directoryObjects";
import type { DirectoryObjectRecord } from "../entra/records";
import type { RouteParameters } from "../http/router";
import { badRequest, notCarriedOut, resourceNotFound } from "./errors";
import { require, requireWrite } from "./permissions";
import { guid, textOf } from "./schema/property";

/** Keys beside the object ID that a path may name an object by: `applications(appId='…')`. */
const alternateKeys = ["appId", "uniqueName", "name"] as const;
type AlternateKey = (typeof alternateKeys)[number];

const keyed = /\/([\w.]+)(?:\(|%28)(\w+)(?:=|%3D)(?:'|%27)((?:[^'%]|%(?!27))*)(?:'|%27)(?:\)|%29)/gi;

/** Writes `/applications(appId='…')` as a path segment of its own, so that it routes like an object ID. */
export const withKeySegments = (path: string): string =>
  path.replace(keyed, (whole: string, set: string, name: string, value: string) => {
    const key = alternateKeys.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
    return key === undefined ? whole : `/${set}/${key}=${value}`;
  });

/** The key that a path's segment names an object by; undefined where it is an object ID. */
export function alternateKeyOf(segment: string): { readonly key: AlternateKey; readonly value: string } | undefined {
  const key = alternateKeys.find((candidate) => segment.startsWith(`${candidate}=`));
  return key === undefined ? undefined : { key, value: segment.slice(key.length + 1) };
}

/** What stands in an ID's place but is a function or a type's name. @throws ServiceError 501 */
export function checkKey(segment: string): void {
  if (/^delta$|^microsoft\.graph\.|[($]/i.test(segment)) {
    throw notCarriedOut(`"${segment}"`);
  }
}

/**
 * The live object that a path names, by object ID or by another key of its; undefined where there is none.
 * @throws ServiceError 400 where the ID is none
 */
export function lookUp<T extends DirectoryObjectRecord & { readonly appId: string }>(
  objects: DirectoryObjects<T>,
  segment: string,
): T | undefined {
  const other = alternateKeyOf(segment);
  if (other?.key === "uniqueName") {
    return objects.list().find(({ properties }) => textOf(properties["uniqueName"]) === other.value);
  }
  const id = other?.value ?? segment;
  checkKey(id);
  if (!guid(id) || other?.key === "name") {
    throw badRequest(`Invalid object identifier '${id}'.`);
  }
  return other === undefined ? objects.get(id) : objects.byAppId(id);
}

/**
 * The live object that a path names.
 * @throws ServiceError 404 where there is none, 400 where the ID is none
 */
export function find<T extends DirectoryObjectRecord & { readonly appId: string }>(
  objects: DirectoryObjects<T>,
  parameters: RouteParameters,
): T {
  const segment = parameters["id"] ?? "";
  const found = lookUp(objects, segment);
  if (found === undefined) {
    throw resourceNotFound(alternateKeyOf(segment)?.value ?? segment);
  }
  return found;
}

/**
 * The object that a path names, for a caller who wants to change it.
 * @throws ServiceError 403 where the caller may not, 404 where there is none
 */
export function findToChange<
  T extends DirectoryObjectRecord & { readonly appId: string; readonly owners: readonly string[] },
>(objects: DirectoryObjects<T>, parameters: RouteParameters, caller: Caller): T {
  require(caller, "writeOwnedApplications");
  const found = find(objects, parameters);
  requireWrite(caller, found.owners);
  return found;
}
