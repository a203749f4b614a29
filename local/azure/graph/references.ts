import type { JsonValue } from "../entra/records";
import type { Directory } from "../entra/directory";
import { badRequest, resourceNotFound } from "./errors";
import { isGuid } from "./schema/property";

const reference = /^https:\/\/[^/]+\/[^/]+\/(directoryObjects|users|servicePrincipals)\/([^/?]+)$/i;

/**
 * The object ID in a reference such as `https://graph.microsoft.com/v1.0/directoryObjects/<id>`, of someone who can own.
 * @throws ServiceError where it is malformed, or names no user and no service principal
 */
export function ownerOf(value: JsonValue | undefined, directory: Directory): string {
  const id = typeof value === "string" ? reference.exec(value)?.[2]?.toLowerCase() : undefined;
  if (!isGuid(id)) {
    throw badRequest("Invalid URL format specified in @odata.id for resource.");
  }
  if (directory.principal(id) === undefined) {
    if (directory.applications.get(id) !== undefined) {
      throw badRequest(
        `The reference target 'Application_${id}' of type 'Application' is invalid for the 'owners' reference.`,
      );
    }
    throw resourceNotFound(id);
  }
  return id;
}
