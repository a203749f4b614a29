import type { Clock } from "../clock";
import { managedIdentityResourceId } from "../entra/managedIdentities";
import type { ServicePrincipalRecord } from "../entra/records";
import { backdatedSeconds } from "../entra/token/accessToken";
import type { TokenIssuer } from "../entra/token/tokenIssuer";

/** A managed identity's token is valid for a day. */
const identityTokenSeconds = 86_399;

/** A token with its dates, in seconds since 1970, all as text. */
export interface IdentityToken {
  readonly access_token: string;
  readonly client_id: string;
  readonly expires_in: string;
  readonly expires_on: string;
  readonly ext_expires_in: string;
  readonly not_before: string;
  readonly resource: string;
  readonly token_type: string;
}

/** @throws SignInRefused where there is no such resource */
export async function identityToken(
  issuer: TokenIssuer,
  clock: Clock,
  identity: ServicePrincipalRecord,
  resource: string,
): Promise<IdentityToken> {
  const claims = { xms_mirid: managedIdentityResourceId(identity) };
  const token = await issuer.issue({
    servicePrincipal: identity,
    resourceName: resource,
    proof: "2",
    seconds: identityTokenSeconds,
    claims,
  });
  const now = Math.floor(clock.now().getTime() / 1000);
  return {
    access_token: token,
    client_id: identity.appId,
    expires_in: String(identityTokenSeconds),
    expires_on: String(now + identityTokenSeconds + 1),
    ext_expires_in: String(identityTokenSeconds),
    not_before: String(now - backdatedSeconds),
    resource,
    token_type: "Bearer",
  };
}
