import type { AzureResponse } from "../../http/message";
import type { Call } from "../call";
import type { Mode } from "../mode";

/** Counts the calls, and refuses those above a limit. */
export interface Throttling {
  /** The refusal, with Retry-After, in the service's own envelope; undefined lets the call through. */
  refusalOf(call: Call): AzureResponse | undefined;
}

const unlimited: Throttling = { refusalOf: () => undefined };

export const throttlingMode: Mode<Throttling> = { isReady: false, off: unlimited, open: () => unlimited };
