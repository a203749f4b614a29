import type { GraphClient, GraphObject } from "./graphClient";
import { objectsIn, textIn } from "./graphValues";

/** `<application's object id>/<kind>/<key id>` */
export interface CredentialId {
  readonly applicationPath: string;
  readonly keyId: string;
}

type CredentialList = "passwordCredentials" | "keyCredentials";

export type CredentialKind = "password" | "certificate" | "federatedIdentityCredential";

export const credentialId = (applicationPath: string, kind: CredentialKind, keyId: string): string =>
  `${applicationPath.slice(applicationPath.lastIndexOf("/") + 1)}/${kind}/${keyId}`;

/** @throws where the ID is not a credential's of this kind */
export function parseCredentialId(id: string, kind: CredentialKind): CredentialId {
  const [objectId = "", found, keyId = "", more] = id.split("/");
  if (objectId === "" || found !== kind || keyId === "" || more !== undefined) {
    const wanted = `<application's object ID>/${kind}/<key ID>`;
    throw new Error(`parsing credential ID "${id}": it must look like "${wanted}"`);
  }
  return { applicationPath: `/applications/${objectId}`, keyId };
}

/** One of an application's credentials, by its key; undefined where it, or the application, is gone. */
export async function findCredential(
  graph: GraphClient,
  { applicationPath, keyId }: CredentialId,
  list: CredentialList,
): Promise<GraphObject | undefined> {
  return credentialIn(await graph.get(applicationPath), keyId, list);
}

/** The same right after a change. @throws GraphError where the application is not found */
export async function presentCredential(
  graph: GraphClient,
  { applicationPath, keyId }: CredentialId,
  list: CredentialList,
): Promise<GraphObject | undefined> {
  return credentialIn(await graph.present(applicationPath), keyId, list);
}

function credentialIn(app: GraphObject | undefined, keyId: string, list: CredentialList): GraphObject | undefined {
  const sameKey = (credential: GraphObject): boolean =>
    textIn(credential["keyId"]).toLowerCase() === keyId.toLowerCase();
  return objectsIn(app?.[list]).find(sameKey);
}

/** A date without its fraction of a second, as the real provider sends it. */
export const wholeSeconds = (date: string): string => date.replace(/\.\d+(?=Z|[+-])/i, "");
