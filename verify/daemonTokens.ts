import { ConfidentialClientApplication } from "@azure/msal-node";
import type { Credential } from "./credential";
import { MsalNetwork } from "./msalNetwork";
import type { Redactor } from "./redact";

/** Gets a token for a scope, as "https://graph.microsoft.com/.default". */
export type TokenSource = (scope: string, signal: AbortSignal) => Promise<string>;

/**
 * Tokens of the daemon, by client credentials. Each one is new: a token that was issued before a consent or a role never
 * learns of it.
 */
export function daemonTokens(credential: Credential, redactor: Redactor): TokenSource {
  return async (scope, signal) => {
    const application = new ConfidentialClientApplication({
      auth: { clientId: credential.clientId, clientSecret: credential.clientSecret, authority: credential.authority },
      system: { networkClient: new MsalNetwork(signal) },
    });
    const token = await application.acquireTokenByClientCredential({ scopes: [scope] });
    if (token === null) {
      throw new Error("Entra ID answered without a token.");
    }
    redactor.hide(token.accessToken);
    return token.accessToken;
  };
}
