import { createHttpHeaders, createPipelineRequest } from "@azure/core-rest-pipeline";
import { environmentCredential } from "../verify/boundedCalls";
import { send } from "../verify/http";
import { AzureReader, type Service } from "./azureReader";

const scopes: Readonly<Record<Service, string>> = {
  graph: "https://graph.microsoft.com/.default",
  arm: "https://management.azure.com/.default",
};

/** Reads as the identity that the environment names. @param seconds how long a call may take */
export function signedInReader(seconds: number): AzureReader {
  const credential = environmentCredential(seconds);
  return new AzureReader(async (service, url) => {
    const abortSignal = AbortSignal.timeout(seconds * 1_000);
    const { token } = await credential.getToken(scopes[service], { abortSignal });
    const headers = createHttpHeaders({ accept: "application/json", authorization: `Bearer ${token}` });
    const { status, bodyAsText } = await send(createPipelineRequest({ url, headers, abortSignal }));
    return { status, body: bodyAsText ?? "" };
  });
}
