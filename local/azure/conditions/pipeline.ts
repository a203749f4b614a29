import { setTimeout as sleep } from "node:timers/promises";
import type { AzureResponse } from "../http/message";
import type { Call } from "./call";
import type { ConditionsInForce } from "./conditions";

/** How a call ended. */
export interface Passed<Outcome> {
  readonly outcome: Outcome;
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
  private readonly closing = new AbortController();

  constructor(readonly conditions: ConditionsInForce) {}

  async pass<Outcome>(call: Call, { serve, instead }: Behind<Outcome>): Promise<Passed<Outcome>> {
    const { faults, throttling, latency } = this.conditions;
    const fault = faults.take(call.request);
    if (fault?.answer === "silence") {
      return await new Promise<never>(() => undefined);
    }
    if (fault?.answer === "reset") {
      return { outcome: instead({ status: 0 }), isLost: true };
    }
    if (fault !== undefined && fault.answer !== "drop") {
      return { outcome: instead(fault.answer) };
    }
    const refusal = throttling.refusalOf(call);
    if (refusal !== undefined) {
      return { outcome: instead(refusal) };
    }
    await this.wait(latency.delayOf(call));
    const outcome = await serve();
    return fault === undefined ? { outcome } : { outcome, isLost: true };
  }

  /** Ends what still waits: its clients are gone. */
  close(): void {
    this.closing.abort();
  }

  private async wait(ms: number): Promise<void> {
    if (ms > 0) {
      await sleep(ms, undefined, { signal: this.closing.signal });
    }
  }
}
