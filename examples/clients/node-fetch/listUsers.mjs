// Lists the tenant's users with Node.js' own fetch and no library at all; parameters.json comes from Key Vault.
// VAULT_URL and DAEMON say which, and the AZURE_ variables who reads it. Where a proxy leads to Azure, Node.js 22.21 and
// 24.5 take it from HTTPS_PROXY with NODE_USE_ENV_PROXY=1; older ones need undici's EnvHttpProxyAgent.
const { VAULT_URL, DAEMON, AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET } = process.env;

async function json(url, options = {}) {
  const response = await fetch(url, options);
  if (!response.ok) {
    throw new Error(`${response.status} ${await response.text()}`);
  }
  return await response.json();
}

async function token(authority, client_id, client_secret, scope) {
  const body = new URLSearchParams({ grant_type: "client_credentials", client_id, client_secret, scope });
  return (await json(`${authority}/oauth2/v2.0/token`, { method: "POST", body })).access_token;
}

const as = (bearer) => ({ headers: { authorization: `Bearer ${bearer}` } });

const entra = `https://login.microsoftonline.com/${AZURE_TENANT_ID}`;
const reader = await token(entra, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET, "https://vault.azure.net/.default");
const url = new URL(`/secrets/${DAEMON}-msal-parameters?api-version=7.6`, VAULT_URL);
const { authority, client_id, secret, scope, endpoint } = JSON.parse((await json(url, as(reader))).value);

const daemon = await token(authority, client_id, secret, scope.join(" "));
console.log((await json(endpoint, as(daemon))).value.length, "users");
