import type { Caller } from "../entra/caller";
import type { DirectoryObjects } from "../entra/directoryObjects";
import type { DirectoryObjectRecord } from "../entra/records";
import type { RouteParameters } from "../http/router";
import { badRequest, resourceNotFound } from "./errors";
import { require, requireWrite } from "./permissions";
import { guid } from "./schema/property";

const byAppId = /^(\/(?:applications|servicePrincipals))(?:\(|%28)appId(?:=|%3D)(?:'|%27)([^'%]*)(?:'|%27)(?:\)|%29)/i;
const alternateKey = "appId=";

/** Writes `/applications(appId='…')` as a path segment of its own, so that it routes like an object ID. */
export const withKeySegment = (path: string): string =>
  path.replace(byAppId, (_all, set: string, appId: string) => `${set}/${alternateKey}${appId}`);

/**
 * The live object that a path names, by object ID or by application ID.
 * @throws ServiceError 404 where there is none, 400 where the ID is none
 */
export function find<T extends DirectoryObjectRecord & { readonly appId: string }>(
  objects: DirectoryObjects<T>,
  parameters: RouteParameters,
): T {
  const key = parameters["id"] ?? "";
  const id = key.startsWith(alternateKey) ? key.slice(alternateKey.length) : key;
  if (!guid(id)) {
    throw badRequest(`Invalid object identifier '${id}'.`);
  }
  const found = key === id ? objects.get(id) : objects.byAppId(id);
  if (found === undefined) {
    throw resourceNotFound(id);
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
