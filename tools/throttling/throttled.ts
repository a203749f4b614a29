import type { PipelinePolicy, PipelineResponse } from "@azure/core-rest-pipeline";

/** A service has had too many requests, and asks to wait. */
export class Throttled extends Error {
  readonly statusCode = 429;
  /** How long, in milliseconds; undefined where it does not say. */
  readonly wait: number | undefined;

  constructor(readonly response: Pick<PipelineResponse, "headers" | "bodyAsText">) {
    super(`HTTP 429: ${response.bodyAsText?.split(/\r?\n/)[0] ?? "too many requests"}`);
    this.name = "Throttled";
    this.wait = statedWait(response.headers, Date.now());
  }
}

/** In the order that the Azure SDKs look. */
function statedWait(headers: PipelineResponse["headers"], now: number): number | undefined {
  for (const name of ["retry-after-ms", "x-ms-retry-after-ms"]) {
    const milliseconds = Number(headers.get(name) ?? Number.NaN);
    if (milliseconds >= 0) return milliseconds;
  }
  const after = headers.get("retry-after");
  if (after === undefined) return undefined;
  const time = /^\d+$/.test(after) ? Number(after) * 1000 : Date.parse(after) - now;
  return time >= 0 ? time : undefined;
}

/**
 * Hands a refusal for too many requests to whoever made the call, who tells of it and waits; the Azure SDKs' own retries would
 * wait without a word. To be placed within the retries.
 */
export const throttlingTold: PipelinePolicy = {
  name: "throttlingTold",
  sendRequest: async (request, next) => {
    const response = await next(request);
    if (response.status === 429) throw new Throttled(response);
    return response;
  },
};
