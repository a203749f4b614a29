import { createHttpHeaders, createPipelineRequest, RestError } from "@azure/core-rest-pipeline";
import { send } from "./http";

/**
 * GETs JSON with a bearer token.
 * @throws RestError with the service's answer, for any status but 200
 */
export async function restRead(url: string, token: string, signal: AbortSignal): Promise<unknown> {
  const headers = createHttpHeaders({ accept: "application/json", authorization: `Bearer ${token}` });
  const request = createPipelineRequest({ url, headers, abortSignal: signal });
  const response = await send(request);
  if (response.status !== 200) {
    throw new RestError(`HTTP ${response.status}`, { statusCode: response.status, request, response });
  }
  return JSON.parse(response.bodyAsText ?? "null") as unknown;
}
