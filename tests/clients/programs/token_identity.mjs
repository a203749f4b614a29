// Gets a token for Microsoft Graph with Azure Identity for JavaScript, by the environment alone, and lists users.
import { DefaultAzureCredential } from "@azure/identity";
import { ProxyAgent, request } from "undici";

const { token } = await new DefaultAzureCredential().getToken("https://graph.microsoft.com/.default");
const agent = new ProxyAgent(process.env.HTTPS_PROXY);
const headers = { authorization: `Bearer ${token}` };
const reply = await request("https://graph.microsoft.com/v1.0/users", { headers, dispatcher: agent });
await reply.body.dump();
console.log(reply.statusCode);
await agent.close();
