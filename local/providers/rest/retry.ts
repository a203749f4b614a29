import { setTimeout as wait } from "node:timers/promises";
import type { HttpResponse } from "./connection";

/** How a client repeats what may succeed later. */
export interface RetryPolicy {
  /** How often a request is sent in all. */
  readonly attempts: number;
  /** The wait before the second attempt where the answer states none, in milliseconds; it doubles each time. */
  readonly firstWait: number;
  readonly longestWait: number;
  readonly retries: (response: HttpResponse) => boolean;
}

const passing = new Set([408, 429, 500, 502, 503, 504]);

/** Throttling and front-door trouble, which every client of Azure repeats. */
export const isPassing = (status: number): boolean => passing.has(status);

/** What the answer asks the client to wait, in milliseconds, in the order that Azure's clients look. */
export function statedWait(headers: HttpResponse["headers"], now: number): number | undefined {
  for (const name of ["retry-after-ms", "x-ms-retry-after-ms"]) {
    const milliseconds = Number(headers[name] ?? Number.NaN);
    if (milliseconds >= 0) {
      return milliseconds;
    }
  }
  const after = headers["retry-after"];
  if (after === undefined) {
    return undefined;
  }
  const seconds = Number(after);
  return Number.isNaN(seconds) ? Math.max(0, Date.parse(after) - now) || undefined : seconds * 1000;
}

/** Sends until the policy is content with the answer, or out of attempts: then the last answer stands. */
export async function sendPatiently(
  send: () => Promise<HttpResponse>,
  policy: RetryPolicy,
  signal: AbortSignal,
  onRetry: () => void,
): Promise<HttpResponse> {
  for (let attempt = 1; ; attempt += 1) {
    const response = await send();
    if (attempt >= policy.attempts || !policy.retries(response)) {
      return response;
    }
    onRetry();
    const growing = Math.min(policy.firstWait * 2 ** (attempt - 1), policy.longestWait);
    await wait(statedWait(response.headers, Date.now()) ?? growing, undefined, { signal });
  }
}
