import type { Directory } from "../entra/directory";
import { managedIdentityResourceId } from "../entra/managedIdentities";
import type { ServicePrincipalRecord } from "../entra/records";

/** Which of a machine's identities a client asks for; undefined where it names none. */
export interface WantedIdentity {
  readonly clientId?: string | undefined;
  readonly objectId?: string | undefined;
  readonly resourceId?: string | undefined;
}

/** What becomes of a client's wish: the identity, or why there is none. */
export type Chosen = ServicePrincipalRecord | "not attached" | "several attached";

/** The identity that a client gets on a machine with these identities. A machine without one that exists has none at all. */
export function attachedIdentity(directory: Directory, clientIds: readonly string[], wanted: WantedIdentity): Chosen {
  const attached = clientIds.flatMap((id) => {
    const found = directory.servicePrincipals.byAppId(id);
    return found?.servicePrincipalType === "ManagedIdentity" ? [found] : [];
  });
  const { clientId, objectId, resourceId } = wanted;
  if (clientId === undefined && objectId === undefined && resourceId === undefined) {
    const [only, ...others] = attached;
    return only === undefined ? "not attached" : others.length > 0 ? "several attached" : only;
  }
  const fits = (given: string | undefined, own: string): boolean =>
    given === undefined || given.toLowerCase() === own.toLowerCase();
  return (
    attached.find(
      (identity) =>
        fits(clientId, identity.appId) &&
        fits(objectId, identity.id) &&
        fits(resourceId, managedIdentityResourceId(identity)),
    ) ?? "not attached"
  );
}
