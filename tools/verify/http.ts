import {
  createDefaultHttpClient,
  createPipelineFromOptions,
  type PipelineRequest,
  type PipelineResponse,
} from "@azure/core-rest-pipeline";

const pipeline = createPipelineFromOptions({});
const client = createDefaultHttpClient();

/**
 * Sends a request as the Azure SDKs do: through the proxy of HTTPS_PROXY, over connections that stay open, with their
 * retries.
 */
export const send = (request: PipelineRequest): Promise<PipelineResponse> => pipeline.sendRequest(client, request);
