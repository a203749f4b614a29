import type { PropertyMap, Value } from "../server/values";
import { flag, list, object, set, text, uuid, type Attribute } from "./attributes";
import { flagIn, flagOf, listOf, mapOf, objectsIn, textIn, textOrNull, textsIn } from "./graphValues";

/** The app roles and permission scopes that an application or service principal publishes. */
export const appRole: Attribute = object("app_role", {
  allowedMemberTypes: set("allowed_member_types", text("allowed_member_types"), { required: true }),
  description: text("description", { required: true }),
  displayName: text("display_name", { required: true }),
  enabled: flag("enabled", { default: true }),
  id: text("id", { required: true, validate: uuid }),
  value: text("value"),
});

export const permissionScope: Attribute = object("oauth2_permission_scope", {
  adminConsentDescription: text("admin_consent_description"),
  adminConsentDisplayName: text("admin_consent_display_name"),
  enabled: flag("enabled", { default: true }),
  id: text("id", { required: true, validate: uuid }),
  type: text("type", { default: "User" }),
  userConsentDescription: text("user_consent_description"),
  userConsentDisplayName: text("user_consent_display_name"),
  value: text("value"),
});

export const resourceAccess: Attribute = object("required_resource_access", {
  resourceAccesses: list(
    "resource_access",
    object("resource_access", {
      id: text("id", { required: true, validate: uuid }),
      type: text("type", { required: true }),
    }),
    { required: true },
  ),
  resourceAppId: text("resource_app_id", { required: true }),
});

export const rolesToGraph = (value: Value | undefined): unknown[] =>
  listOf(value).map((item) => {
    const role = mapOf(item);
    return {
      allowedMemberTypes: listOf(role["allowedMemberTypes"]),
      description: role["description"],
      displayName: role["displayName"],
      id: role["id"],
      isEnabled: flagOf(role["enabled"] ?? true),
      value: textOrNull(role["value"]),
    };
  });

export const rolesIn = (value: unknown): Value =>
  objectsIn(value).map((role) => ({
    allowedMemberTypes: textsIn(role["allowedMemberTypes"]),
    description: textIn(role["description"]),
    displayName: textIn(role["displayName"]),
    enabled: flagIn(role["isEnabled"]),
    id: textIn(role["id"]),
    value: textIn(role["value"]),
  }));

export const scopesToGraph = (value: Value | undefined): unknown[] =>
  listOf(value).map((item) => {
    const scope = mapOf(item);
    return {
      adminConsentDescription: textOrNull(scope["adminConsentDescription"]),
      adminConsentDisplayName: textOrNull(scope["adminConsentDisplayName"]),
      id: scope["id"],
      isEnabled: flagOf(scope["enabled"] ?? true),
      type: scope["type"] ?? "User",
      userConsentDescription: textOrNull(scope["userConsentDescription"]),
      userConsentDisplayName: textOrNull(scope["userConsentDisplayName"]),
      value: textOrNull(scope["value"]),
    };
  });

export const scopesIn = (value: unknown): Value =>
  objectsIn(value).map((scope) => ({
    adminConsentDescription: textIn(scope["adminConsentDescription"]),
    adminConsentDisplayName: textIn(scope["adminConsentDisplayName"]),
    enabled: flagIn(scope["isEnabled"]),
    id: textIn(scope["id"]),
    type: textIn(scope["type"]),
    userConsentDescription: textIn(scope["userConsentDescription"]),
    userConsentDisplayName: textIn(scope["userConsentDisplayName"]),
    value: textIn(scope["value"]),
  }));

/** IDs of roles or scopes by their value, as `appRoleIds` and `oauth2PermissionScopeIds` have them. */
export function idsByValue(value: unknown): PropertyMap {
  const named = objectsIn(value).filter((item) => textIn(item["value"]) !== "");
  return Object.fromEntries(named.map((item) => [textIn(item["value"]), textIn(item["id"])]));
}

export const accessToGraph = (value: Value | undefined): unknown[] =>
  listOf(value).map((item) => {
    const { resourceAppId, resourceAccesses } = mapOf(item);
    return { resourceAppId, resourceAccess: listOf(resourceAccesses) };
  });

export const accessIn = (value: unknown): Value =>
  objectsIn(value).map((access) => ({
    resourceAppId: textIn(access["resourceAppId"]),
    resourceAccesses: objectsIn(access["resourceAccess"]).map(({ id, type }) => ({
      id: textIn(id),
      type: textIn(type),
    })),
  }));
