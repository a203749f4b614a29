import { ConfidentialClientApplication, type NodeAuthOptions } from "@azure/msal-node";
import type { Credential } from "../credential";
import { MsalNetwork } from "../msalNetwork";

/** What a confidential client proves itself with. */
export type ClientProof = Pick<NodeAuthOptions, "clientSecret" | "clientCertificate" | "clientAssertion">;

/**
 * A token by client credentials, from a client without a cache.
 *
 * @throws Throttled where Entra ID has had too many requests
 */
export async function clientCredentialToken(
  { clientId, authority }: Credential,
  proof: ClientProof,
  scope: string,
  signal: AbortSignal,
): Promise<string> {
  const networkClient = new MsalNetwork(signal);
  const application = new ConfidentialClientApplication({
    auth: { clientId, authority, ...proof },
    system: { networkClient },
  });
  const token = await application.acquireTokenByClientCredential({ scopes: [scope] }).catch((error: unknown) => {
    throw networkClient.throttled ?? error;
  });
  if (token === null) {
    throw new Error("Entra ID answered without a token.");
  }
  return token.accessToken;
}
