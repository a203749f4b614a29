import { createHttpHeaders, createPipelineRequest } from "@azure/core-rest-pipeline";
import { DefaultAzureCredential } from "@azure/identity";
import { send } from "../verify/http";
import { AzureReader, type Service } from "./azureReader";

const scopes: Readonly<Record<Service, string>> = {
  graph: "https://graph.microsoft.com/.default",
  arm: "https://management.azure.com/.default",
};

/** Reads as the identity that the environment names. */
export function signedInReader(): AzureReader {
  const credential = new DefaultAzureCredential();
  return new AzureReader(async (service, url) => {
    const { token } = await credential.getToken(scopes[service]);
    const headers = createHttpHeaders({ accept: "application/json", authorization: `Bearer ${token}` });
    const { status, bodyAsText } = await send(createPipelineRequest({ url, headers }));
    return { status, body: bodyAsText ?? "" };
  });
}
