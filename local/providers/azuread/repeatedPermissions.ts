import { textOf, type PropertyMap } from "../server/values";
import { ProviderError } from "./failures";
import { listOf, mapOf } from "./graphValues";

interface Published {
  readonly id: string;
  readonly value: string;
}

/**
 * An application's roles and scopes share their IDs and values.
 * @throws where two have the same ID and not the same value, or the other way round
 */
export function refuseRepeatedPermissions(inputs: PropertyMap): void {
  const published = [...listOf(inputs["appRoles"]), ...listOf(mapOf(inputs["api"])["oauth2PermissionScopes"])]
    .map((item) => ({ id: textOf(mapOf(item)["id"]), value: textOf(mapOf(item)["value"]) }))
    .filter((item): item is Published => item.id !== undefined && (item.value ?? "") !== "");
  published.forEach(({ id, value }, index) => {
    for (const earlier of published.slice(0, index)) {
      if (id === earlier.id && value !== earlier.value) {
        throw repeated("ID", id);
      }
      if (value === earlier.value && id !== earlier.id) {
        throw repeated("value", value);
      }
    }
  });
}

const repeated = (what: "ID" | "value", found: string): ProviderError =>
  new ProviderError(
    `checking for duplicate app roles / OAuth2.0 permission scopes: validation failed: duplicate ${what} found: "${found}"`,
  );
