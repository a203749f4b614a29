import type { PropertyMap, Value } from "../server/values";
import { applicationAttributes } from "./applicationAttributes";
import { agree } from "./comparison";
import { disableRoles, disableScopes } from "./disabling";
import { about, attempt } from "./failures";
import type { GraphClient } from "./graphClient";
import { mapOf, objectIn } from "./graphValues";
import { lastPart } from "./resourceType";

/** Disables the roles and scopes that an update changes or removes. */
export async function disableLeaving(
  graph: GraphClient,
  path: string,
  inputs: PropertyMap,
  previous: PropertyMap,
): Promise<void> {
  const which = `for application with object ID "${lastPart(path)}"`;
  if (!agrees("appRoles", inputs, previous)) {
    await attempt(about("app_role", `Could not disable App Roles ${which}`), () =>
      disableRoles(graph, path, inputs["appRoles"]),
    );
  }
  if (!sameScopes(inputs, previous)) {
    const attribute = "api.0.oauth2_permission_scope";
    await attempt(about(attribute, `Could not disable OAuth2 Permission Scopes ${which}`), () =>
      disableScopes(graph, path, mapOf(inputs["api"])["oauth2PermissionScopes"]),
    );
  }
}

/** Whether an attribute stays what it was. */
export function agrees(name: string, inputs: PropertyMap, previous: PropertyMap): boolean {
  const attribute = applicationAttributes[name];
  return attribute !== undefined && agree(attribute, inputs[name], previous[name]);
}

function sameScopes(inputs: PropertyMap, previous: PropertyMap): boolean {
  const attribute = applicationAttributes["api"]?.properties?.["oauth2PermissionScopes"];
  const scopes = (from: PropertyMap): Value | undefined => mapOf(from["api"])["oauth2PermissionScopes"];
  return attribute !== undefined && agree(attribute, scopes(inputs), scopes(previous));
}

/** Properties that Graph is sensitive about are sent only where they change. */
export function changedOnly(
  body: Record<string, unknown>,
  inputs: PropertyMap,
  previous: PropertyMap,
): Record<string, unknown> {
  const same = (name: string): boolean => agrees(name, inputs, previous);
  const { api, appRoles, identifierUris, optionalClaims, requiredResourceAccess, ...rest } = body;
  const { oauth2PermissionScopes, ...otherApi } = objectIn(api);
  return {
    ...rest,
    api: { ...otherApi, ...(sameScopes(inputs, previous) ? {} : { oauth2PermissionScopes }) },
    ...(same("appRoles") ? {} : { appRoles }),
    ...(same("identifierUris") ? {} : { identifierUris }),
    ...(same("optionalClaims") ? {} : { optionalClaims }),
    ...(same("requiredResourceAccesses") ? {} : { requiredResourceAccess }),
  };
}
