import type { JsonObject, UserRecord } from "../../entra/records";
import { userDefaults } from "./properties";

/** The properties of a user that `User.ReadBasic.All` is enough for. */
const basicProperties = ["displayName", "givenName", "id", "mail", "photo", "surname", "userPrincipalName"];

/** A user with every property. @param basic leaves empty what `User.ReadBasic.All` does not show */
export function userView(user: UserRecord, basic: boolean): JsonObject {
  const { userPrincipalName } = user.properties;
  const all: JsonObject = {
    ...userDefaults,
    ...user.properties,
    mailNickname: typeof userPrincipalName === "string" ? (userPrincipalName.split("@")[0] ?? null) : null,
    id: user.id,
    deletedDateTime: user.deletedDateTime,
  };
  if (!basic) {
    return all;
  }
  return Object.fromEntries(
    Object.entries(all).map(([name, value]) => [
      name,
      basicProperties.includes(name) ? value : Array.isArray(value) ? [] : null,
    ]),
  );
}
