import { setTimeout as sleep } from "node:timers/promises";
import type { AzureResponse } from "../http/message";
import type { Call } from "./call";
import type { ConditionsInForce } from "./conditions";
import type { Effect, Injection } from "./faults/fault";
import { mergePatched } from "./mergePatch";

/** How a call ended. */
export interface Passed<Outcome> {
  readonly outcome: Outcome;
  /** Milliseconds that the latency mode let pass. */
  readonly delay: number;
  /** What a fault did to it. */
  readonly injection?: Injection;
}

/** What the pipeline needs of the service behind it. */
export interface Behind<Outcome> {
  /** Lets the service answer. */
  readonly serve: () => Promise<Outcome>;
  /** An answer that is not the service's own, with its error code. */
  readonly instead: (response: AzureResponse, code?: string) => Outcome;
}

/**
 * What a call passes on its way to the service and back, in this order: faults that answer instead or end the connection,
 * throttling, latency, the service, faults after the effect.
 */
export class Pipeline {
  private readonly closing = new AbortController();
  private readonly waits = new Set<AbortController>();

  constructor(public conditions: ConditionsInForce) {}

  /** Whether anything can keep a call from its service, or hold it up. */
  get mayIntervene(): boolean {
    const { faults, modes } = this.conditions;
    return !faults.isEmpty || modes.throttling !== undefined || modes.latency !== undefined;
  }

  async pass<Outcome extends { readonly response: AzureResponse }>(
    call: Call,
    { serve, instead }: Behind<Outcome>,
  ): Promise<Passed<Outcome>> {
    const { faults, throttling, latency } = this.conditions;
    const injection = faults.take(call);
    const injected = injection === undefined ? {} : { injection };
    await this.wait(injection?.delayMs ?? 0, call);
    const early = injection && insteadOf(injection.effect);
    if (early !== undefined) {
      return { outcome: instead(early.response, early.code), delay: 0, ...injected };
    }
    const refusal = throttling.refusalOf(call);
    if (refusal !== undefined) {
      return { outcome: instead(refusal), delay: 0, ...injected };
    }
    const delay = latency.delayOf(call);
    await this.wait(delay, call);
    const served = await serve();
    const told = latency.told(call, throttling.told(call, served.response));
    const response = injection === undefined ? told : afterwards(injection.effect, told);
    return { outcome: { ...served, response }, delay, ...injected };
  }

  /** Ends what still waits: its clients are gone. */
  close(): void {
    this.closing.abort();
    for (const wait of this.waits) {
      wait.abort();
    }
  }

  /** @throws where the client goes away, or local Azure is closed */
  private async wait(ms: number, call: Call): Promise<void> {
    if (ms <= 0) {
      return;
    }
    const { gone } = call;
    this.closing.signal.throwIfAborted();
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

/** What stands in for the service's answer; undefined where the service acts. */
function insteadOf(effect: Effect): { readonly response: AzureResponse; readonly code?: string } | undefined {
  switch (effect.kind) {
    case "answer":
      return effect;
    case "reset":
      return { response: { status: 0, delivery: "lost" } };
    case "silence":
      return { response: { status: 0, delivery: "silence" } };
    default:
      return undefined;
  }
}

function afterwards(effect: Effect, response: AzureResponse): AzureResponse {
  switch (effect.kind) {
    case "lost":
    case "half":
      return { ...response, delivery: effect.kind };
    case "slow":
      return { ...response, delivery: { slowMs: effect.ms } };
    case "merge":
      return response.status < 300 ? { ...response, body: mergePatched(response.body, effect.patch) } : response;
    default:
      return response;
  }
}
