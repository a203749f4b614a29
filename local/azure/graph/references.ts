import type { JsonValue } from "../entra/records";
import type { Directory } from "../entra/directory";
import { badRequest, resourceNotFound } from "./errors";
import { isGuid } from "./schema/property";

const reference = /^https:\/\/[^/]+\/[^/]+\/(directoryObjects|users|servicePrincipals|groups)\/([^/?]+)$/i;

/**
 * The object ID in a reference such as `https://graph.microsoft.com/v1.0/directoryObjects/<id>`, of someone who can own.
 * @throws ServiceError where it is malformed, or names no user and no service principal
 */
export const ownerOf = (value: JsonValue | undefined, directory: Directory): string =>
  referenced(value, directory, "owners", ["User", "ServicePrincipal"]);

/** The same, of who can be in a group: a user, a service principal or another group. @throws ServiceError */
export const memberIn = (value: JsonValue | undefined, directory: Directory): string =>
  referenced(value, directory, "members", ["User", "ServicePrincipal", "Group"]);

function referenced(
  value: JsonValue | undefined,
  directory: Directory,
  property: "owners" | "members",
  kinds: readonly string[],
): string {
  const id = typeof value === "string" ? reference.exec(value)?.[2]?.toLowerCase() : undefined;
  if (!isGuid(id)) {
    throw badRequest("Invalid URL format specified in @odata.id for resource.");
  }
  const kind =
    directory.principal(id)?.kind ?? (directory.applications.get(id) === undefined ? undefined : "Application");
  if (kind === undefined) {
    throw resourceNotFound(id);
  }
  if (!kinds.includes(kind)) {
    throw badRequest(
      `The reference target '${kind}_${id}' of type '${kind}' is invalid for the '${property}' reference.`,
    );
  }
  return id;
}
