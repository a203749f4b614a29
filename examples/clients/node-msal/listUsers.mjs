// Lists the tenant's users with Microsoft Graph and MSAL; parameters.json comes from Key Vault.
// VAULT_URL and DAEMON say which, and the AZURE_ variables who reads it.
import { EnvironmentCredential } from "@azure/identity";
import { SecretClient } from "@azure/keyvault-secrets";
import { ConfidentialClientApplication } from "@azure/msal-node";
import { EnvHttpProxyAgent, setGlobalDispatcher } from "undici";

// fetch, which MSAL uses too, knows nothing of HTTPS_PROXY by itself.
setGlobalDispatcher(new EnvHttpProxyAgent());

const { VAULT_URL, DAEMON } = process.env;
const vault = new SecretClient(VAULT_URL, new EnvironmentCredential());
const config = JSON.parse((await vault.getSecret(`${DAEMON}-msal-parameters`)).value);

const { authority, client_id: clientId, secret: clientSecret, scope: scopes, endpoint } = config;
const app = new ConfidentialClientApplication({ auth: { authority, clientId, clientSecret } });
const { accessToken } = await app.acquireTokenByClientCredential({ scopes });

const response = await fetch(endpoint, { headers: { authorization: `Bearer ${accessToken}` } });
if (!response.ok) {
  throw new Error(`${response.status} ${await response.text()}`);
}
console.log((await response.json()).value.length, "users");
