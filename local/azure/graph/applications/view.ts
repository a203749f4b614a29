import type { ApplicationRecord, JsonObject } from "../../entra/records";
import type { GraphContext } from "../context";
import { keyView, passwordView } from "../credentials/views";
import { applicationDefaults } from "../schema/application";
import { merged } from "../schema/property";

/** An application as Graph shows it. Certificates come without their content unless asked for by name. */
export function applicationView(
  application: ApplicationRecord,
  context: Pick<GraphContext, "directory" | "version">,
  options: { readonly keys?: boolean } = {},
): JsonObject {
  const {
    displayName = null,
    createdDateTime = null,
    oauth2RequirePostResponse,
    ...properties
  } = application.properties;
  return {
    id: application.id,
    deletedDateTime: application.deletedDateTime,
    appId: application.appId,
    createdDateTime,
    displayName,
    publisherDomain: context.directory.tenant.initialDomain,
    ...merged(applicationDefaults, properties),
    ...(context.version === "beta" ? { oauth2RequirePostResponse: oauth2RequirePostResponse ?? false } : {}),
    keyCredentials: application.keys.map((key) => keyView(key, options.keys === true)),
    passwordCredentials: application.passwords.map((password) => passwordView(password, null)),
  };
}
