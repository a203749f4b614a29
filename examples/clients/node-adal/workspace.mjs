// Reads a Machine Learning workspace by REST with a token of adal-node's; the three AML_ variables come from Key Vault.
// VAULT_URL and DAEMON say which, and the AZURE_ variables who reads them.
import { promisify } from "node:util";
import { EnvironmentCredential } from "@azure/identity";
import { SecretClient } from "@azure/keyvault-secrets";
import adal from "adal-node";
import { EnvHttpProxyAgent, setGlobalDispatcher } from "undici";

// fetch knows nothing of HTTPS_PROXY by itself.
setGlobalDispatcher(new EnvHttpProxyAgent());

const { VAULT_URL, DAEMON } = process.env;
const vault = new SecretClient(VAULT_URL, new EnvironmentCredential());
const settings = async (format) => JSON.parse((await vault.getSecret(`${DAEMON}-${format}`)).value);

const { AML_TENANT_ID, AML_PRINCIPAL_ID, AML_PRINCIPAL_PASS } = await settings("aml-env");
const context = new adal.AuthenticationContext(`https://login.microsoftonline.com/${AML_TENANT_ID}`);
const acquireToken = promisify(context.acquireTokenWithClientCredentials.bind(context));
const { accessToken } = await acquireToken("https://management.azure.com/", AML_PRINCIPAL_ID, AML_PRINCIPAL_PASS);

const { workspaceId } = (await settings("credential")).machineLearning;
const response = await fetch(`https://management.azure.com${workspaceId}?api-version=2024-04-01`, {
  headers: { authorization: `Bearer ${accessToken}` },
});
if (!response.ok) {
  throw new Error(`${response.status} ${await response.text()}`);
}
const workspace = await response.json();
console.log("workspace", workspace.name, "in", workspace.location);
