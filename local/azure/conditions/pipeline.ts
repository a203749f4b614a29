import { setTimeout as sleep } from "node:timers/promises";
import type { AzureResponse } from "../http/message";
import type { Call } from "./call";
import type { ConditionsInForce } from "./conditions";

/** How a call ended. */
export interface Passed<Outcome> {
  readonly outcome: Outcome;
  /** Milliseconds that the latency mode let pass. */
  readonly delay: number;
  /** Set where the answer does not reach the client. */
  readonly isLost?: true;
}

/** What the pipeline needs of the service behind it. */
export interface Behind<Outcome> {
  /** Lets the service answer. */
  readonly serve: () => Promise<Outcome>;
  /** An answer that is not the service's own. */
  readonly instead: (response: AzureResponse) => Outcome;
}

/**
 * What a call passes on its way to the service and back, in this order: faults that answer instead or end the connection,
 * throttling, latency, the service, faults after the effect.
 */
export class Pipeline {
  private readonly waits = new Set<AbortController>();

  constructor(readonly conditions: ConditionsInForce) {}

  async pass<Outcome extends { readonly response: AzureResponse }>(
    call: Call,
    { serve, instead }: Behind<Outcome>,
  ): Promise<Passed<Outcome>> {
    const { faults, throttling, latency } = this.conditions;
    const fault = faults.take(call.request);
    if (fault?.answer === "silence") {
      return await new Promise<never>(() => undefined);
    }
    if (fault?.answer === "reset") {
      return { outcome: instead({ status: 0 }), delay: 0, isLost: true };
    }
    if (fault !== undefined && fault.answer !== "drop") {
      return { outcome: instead(fault.answer), delay: 0 };
    }
    const refusal = throttling.refusalOf(call);
    if (refusal !== undefined) {
      return { outcome: instead(refusal), delay: 0 };
    }
    const delay = latency.delayOf(call);
    await this.wait(delay, call.gone);
    const served = await serve();
    const outcome = { ...served, response: latency.told(call, throttling.told(call, served.response)) };
    return { outcome, delay, ...(fault !== undefined && { isLost: true }) };
  }

  /** Ends what still waits: its clients are gone. */
  close(): void {
    for (const wait of this.waits) {
      wait.abort();
    }
  }

  /** @throws where the client goes away, or local Azure is closed */
  private async wait(ms: number, gone: AbortSignal): Promise<void> {
    if (ms <= 0) {
      return;
    }
    const wait = new AbortController();
    const end = (): void => wait.abort();
    this.waits.add(wait);
    gone.addEventListener("abort", end);
    try {
      gone.throwIfAborted();
      await sleep(ms, undefined, { signal: wait.signal });
    } finally {
      this.waits.delete(wait);
      gone.removeEventListener("abort", end);
    }
  }
}
