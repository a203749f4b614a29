import type { JsonObject, JsonValue } from "../../entra/records";
import { graphError } from "../errors";
import { isObject } from "../schema/property";

/** Lists of an application's own permissions, and where they stand. */
const lists = [["appRoles"], ["api", "oauth2PermissionScopes"]] as const;

/**
 * A permission must be disabled before it changes or goes, and no two may have the same ID or value.
 * @throws ServiceError 400
 */
export function checkEntitlements(before: JsonObject, after: JsonObject): void {
  for (const path of lists) {
    const next = entitlements(after, path);
    checkUnique(next);
    for (const present of entitlements(before, path)) {
      const same = next.find((entitlement) => entitlement["id"] === present["id"]);
      if (present["isEnabled"] === true && (same === undefined || differs(present, same))) {
        throw graphError(
          400,
          "CannotDeleteOrUpdateEnabledEntitlement",
          "Permission (scope or role) cannot be deleted or updated unless disabled first.",
        );
      }
    }
  }
}

/** App roles with the parts that Graph adds. */
export const completeAppRoles = (roles: JsonValue): JsonValue =>
  (roles as readonly JsonObject[]).map((role) => ({ value: null, ...role, origin: "Application" }));

function checkUnique(entitlements: readonly JsonObject[]): void {
  for (const name of ["id", "value"]) {
    const values = entitlements
      .map((entitlement) => entitlement[name])
      .filter((value) => typeof value === "string" && value !== "");
    if (new Set(values).size < values.length) {
      throw graphError(400, "DuplicateValue", "It contains duplicate value. Please Provide unique value.");
    }
  }
}

function entitlements(properties: JsonObject, path: readonly string[]): readonly JsonObject[] {
  let value: JsonValue | undefined = properties;
  for (const step of path) {
    value = isObject(value) ? value[step] : undefined;
  }
  return Array.isArray(value) ? value.filter((item: JsonValue): item is JsonObject => isObject(item)) : [];
}

const differs = (before: JsonObject, after: JsonObject): boolean =>
  Object.keys(before).some(
    (name) =>
      !["isEnabled", "origin"].includes(name) && JSON.stringify(before[name]) !== JSON.stringify(after[name] ?? null),
  );
