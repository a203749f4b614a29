import type { Directory } from "../../entra/directory";
import type { JsonObject, JsonValue } from "../../entra/records";
import { badRequest, graphError, invalidValue } from "../errors";
import { textOf } from "../schema/property";

/**
 * Checks the names of an application as an API: well-formed, on a verified domain where they name a host, and no other
 * application's, not even a deleted one's.
 * @throws ServiceError 400
 */
export function checkIdentifierUris(
  uris: JsonValue | undefined,
  ownId: string | undefined,
  directory: Directory,
): void {
  const wanted = Array.isArray(uris) ? uris.map(String) : [];
  for (const uri of wanted) {
    if (!URL.canParse(uri)) {
      throw invalidValue("identifierUris", "Application");
    }
    checkHost(uri, directory);
  }
  const others = [...directory.applications.list(), ...directory.applications.listDeleted()];
  const taken = others.filter(({ id }) => id !== ownId).flatMap(({ properties }) => urisOf(properties));
  if (wanted.some((uri) => taken.includes(uri.toLowerCase()))) {
    const message = "Another object with the same value for property identifierUris already exists.";
    throw badRequest(message, [{ code: "ObjectConflict", message, target: "identifierUris" }]);
  }
}

function checkHost(uri: string, { tenant }: Directory): void {
  const { protocol, hostname } = new URL(uri);
  const verified = [tenant.domain, tenant.initialDomain].some(
    (domain) => hostname === domain || hostname.endsWith(`.${domain}`),
  );
  if (["http:", "https:"].includes(protocol) && !verified) {
    throw graphError(
      400,
      "HostNameNotOnVerifiedDomain",
      `Values of identifierUris property must use a verified domain of the organization or its subdomain: '${uri}'`,
    );
  }
}

function urisOf(properties: JsonObject): string[] {
  const uris = properties["identifierUris"];
  return Array.isArray(uris) ? uris.map((uri: JsonValue) => textOf(uri).toLowerCase()) : [];
}
