import type { Directory } from "../directory";
import { applicationNotFound, parameterMissing, servicePrincipalMissing } from "../errors";
import type { FederatedCredentialRecord, KeyRecord, PasswordRecord, ServicePrincipalRecord } from "../records";

/** Who signs in, and what it may prove itself with. */
export interface SigningClient {
  readonly appId: string;
  readonly servicePrincipal: ServicePrincipalRecord;
  readonly passwords: readonly PasswordRecord[];
  readonly keys: readonly KeyRecord[];
  readonly federatedCredentials: readonly FederatedCredentialRecord[];
}

/**
 * Finds the application, or the managed identity, of a client ID. A managed identity has no secret and no certificate that
 * anybody knows, but workloads may be trusted to sign in as it.
 * @throws SignInRefused
 */
export function signingClient(directory: Directory, clientId: string | undefined): SigningClient {
  if (clientId === undefined || clientId === "") {
    throw parameterMissing("client_id");
  }
  const application = directory.applications.byAppId(clientId);
  const servicePrincipal = directory.servicePrincipals.byAppId(clientId);
  if (application === undefined) {
    if (servicePrincipal?.servicePrincipalType !== "ManagedIdentity") {
      throw applicationNotFound(clientId, directory.tenant.displayName);
    }
    const federatedCredentials = directory.identityFederation.get(servicePrincipal.id) ?? [];
    return { appId: servicePrincipal.appId, servicePrincipal, passwords: [], keys: [], federatedCredentials };
  }
  if (servicePrincipal === undefined) {
    throw servicePrincipalMissing(application.appId, directory.tenant.id);
  }
  const { appId, federatedCredentials } = application;
  const passwords = [...application.passwords, ...(servicePrincipal.passwords ?? [])];
  const keys = [...application.keys, ...(servicePrincipal.keys ?? [])];
  return { appId, servicePrincipal, passwords, keys, federatedCredentials };
}
