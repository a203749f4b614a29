import { setTimeout as wait } from "node:timers/promises";
import { UnansweredError, type HttpResponse } from "./connection";

/** How a client repeats what may succeed later. */
export interface RetryPolicy {
  /** How often a request is sent in all. */
  readonly attempts: number;
  /** The wait before the second attempt where the answer states none, in milliseconds; it doubles each time. */
  readonly firstWait: number;
  readonly longestWait: number;
  readonly retries: (response: HttpResponse) => boolean;
  /** Whether a request without an answer is sent again: where the second time does no more than the first. */
  readonly retriesUnanswered: boolean;
}

/** How often a request without an answer is sent in all. */
const unansweredAttempts = 4;

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
    const response = await answerOf(send, policy.retriesUnanswered && attempt < unansweredAttempts);
    if (response !== undefined && (attempt >= policy.attempts || !policy.retries(response))) {
      return response;
    }
    onRetry();
    const growing = Math.min(policy.firstWait * 2 ** (attempt - 1), policy.longestWait);
    const stated = response && statedWait(response.headers, Date.now());
    await wait(stated ?? growing, undefined, { signal });
  }
}

/** @returns undefined where no answer came, and the request may be sent again */
async function answerOf(send: () => Promise<HttpResponse>, maySendAgain: boolean): Promise<HttpResponse | undefined> {
  try {
    return await send();
  } catch (error) {
    if (maySendAgain && error instanceof UnansweredError) {
      return undefined;
    }
    throw error;
  }
}
