import { setTimeout as wait } from "node:timers/promises";
import { UnansweredError, type HttpResponse } from "./connection";
import type { Waits } from "./retryRule";

/** How one request is repeated. */
export interface RetryPolicy {
  /** How often it is sent in all. */
  readonly attempts: number;
  readonly waits: Waits;
  /** Which part of its own waits the client keeps; 1 is all of them. What an answer states is always kept. */
  readonly scale: number;
  readonly retries: (response: HttpResponse) => boolean;
  /** Whether it is sent again where no answer comes. */
  readonly retriesUnanswered: boolean;
}

/** What the answer asks the client to wait, in milliseconds; undefined where it says nothing that the client reads. */
export function statedWait(
  headers: HttpResponse["headers"],
  { headers: names, reads }: Waits,
  now: number,
): number | undefined {
  for (const name of names) {
    const text = headers[name];
    const stated =
      text === undefined ? undefined : reads === "whole seconds" ? wholeSeconds(text) : timeIn(name, text, now);
    if (stated !== undefined) return stated;
  }
  return undefined;
}

function wholeSeconds(text: string): number | undefined {
  return /^\d+$/.test(text) ? Number(text) * 1000 : undefined;
}

function timeIn(name: string, text: string, now: number): number | undefined {
  const unit = name === "retry-after" ? 1000 : 1;
  const time = /^\d+$/.test(text) ? Number(text) * unit : unit === 1000 ? Date.parse(text) - now : 0;
  return time > 0 ? time : undefined;
}

/** The client's own wait after an attempt, the first of which is 1, in milliseconds. */
export const ownWait = ({ first, growth, longest }: Waits, attempt: number): number =>
  Math.min(first * (growth === "doubling" ? 2 ** (attempt - 1) : 2 ** attempt - 1), longest);

/** Sends until the policy is content with the answer, or out of attempts: then the last answer stands. */
export async function sendPatiently(
  send: () => Promise<HttpResponse>,
  policy: RetryPolicy,
  signal: AbortSignal,
  onRetry: () => void,
): Promise<HttpResponse> {
  for (let attempt = 1; ; attempt += 1) {
    const isLast = attempt >= policy.attempts;
    const response = await answerOf(send, policy.retriesUnanswered && !isLast);
    if (response !== undefined && (isLast || !policy.retries(response))) {
      return response;
    }
    const stated = response && statedWait(response.headers, policy.waits, Date.now());
    if (response !== undefined && stated !== undefined && policy.waits.refusesLonger && stated > policy.waits.longest) {
      return response;
    }
    onRetry();
    await wait(stated ?? ownWait(policy.waits, attempt) * policy.scale, undefined, { signal });
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
