// Gets a token for Microsoft Graph with MSAL for Node.js, by the kind of credential that KIND names.
import { readFileSync } from "node:fs";
import { ConfidentialClientApplication, ManagedIdentityApplication } from "@azure/msal-node";
import { ProxyAgent, request } from "undici";

const { KIND, CLIENT_ID, CLIENT_SECRET, TENANT_ID, PRIVATE_KEY_FILE, THUMBPRINT, AZURE_FEDERATED_TOKEN_FILE } =
  process.env;

// MSAL's own client knows no proxy. What it sends is its own.
const agent = new ProxyAgent(process.env.HTTPS_PROXY);
const send = async (method, url, { headers, body } = {}) => {
  const reply = await request(url, { method, headers, body, dispatcher: agent });
  return { status: reply.statusCode, headers: reply.headers, body: await reply.body.json() };
};
const networkClient = {
  sendGetRequestAsync: (url, options) => send("GET", url, options),
  sendPostRequestAsync: (url, options) => send("POST", url, options),
};

const proofs = {
  secret: () => ({ clientSecret: CLIENT_SECRET }),
  certificate: () => ({
    clientCertificate: { privateKey: readFileSync(PRIVATE_KEY_FILE, "utf8"), thumbprint: THUMBPRINT },
  }),
  federated: () => ({ clientAssertion: () => Promise.resolve(readFileSync(AZURE_FEDERATED_TOKEN_FILE, "utf8")) }),
};

async function token() {
  if (KIND === "managedIdentity") {
    const application = new ManagedIdentityApplication({
      managedIdentityIdParams: { userAssignedClientId: CLIENT_ID },
    });
    return application.acquireToken({ resource: "https://graph.microsoft.com" });
  }
  const authority = `https://login.microsoftonline.com/${TENANT_ID}`;
  const application = new ConfidentialClientApplication({
    auth: { clientId: CLIENT_ID, authority, ...proofs[KIND]() },
    system: { networkClient },
  });
  return application.acquireTokenByClientCredential({ scopes: ["https://graph.microsoft.com/.default"] });
}

const { accessToken } = await token();
const headers = { authorization: `Bearer ${accessToken}` };
const reply = await request("https://graph.microsoft.com/v1.0/users", { headers, dispatcher: agent });
await reply.body.dump();
console.log(reply.statusCode);
await agent.close();
