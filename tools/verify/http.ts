import {
  createDefaultHttpClient,
  createPipelineFromOptions,
  type PipelineRequest,
  type PipelineResponse,
} from "@azure/core-rest-pipeline";
import { throttlingTold } from "../throttling/throttled";

const pipeline = createPipelineFromOptions({});
pipeline.addPolicy(throttlingTold, { afterPhase: "Retry" });
const client = createDefaultHttpClient();

/**
 * Sends a request as the Azure SDKs do: through the proxy of HTTPS_PROXY, over connections that stay open, with their
 * retries, but for those of throttling.
 *
 * @throws Throttled
 */
export const send = (request: PipelineRequest): Promise<PipelineResponse> => pipeline.sendRequest(client, request);
