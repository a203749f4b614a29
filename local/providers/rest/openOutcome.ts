import { UnansweredError } from "./connection";

/** A service has begun to make something, and then something else failed. */
export class OpenOutcomeError extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = "OpenOutcomeError";
  }
}

/** Whether a failure leaves open what the service has made. A refusal leaves nothing open, nor does a failed read. */
export function leavesOutcomeOpen(error: unknown): boolean {
  if (!(error instanceof Error)) {
    return false;
  }
  const unansweredWrite = error instanceof UnansweredError && error.method !== "GET";
  return unansweredWrite || error instanceof OpenOutcomeError || leavesOutcomeOpen(error.cause);
}
