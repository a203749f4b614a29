import type { AzureResponse } from "../../http/message";
import type { Call } from "../call";
import type { Mode, ModeSetup } from "../mode";
import { randomStream, type RandomStream } from "../seed";
import { delays, otherDelay } from "./delays";
import type { Duration } from "./duration";
import { works } from "./operations";

/** How long calls take. */
export interface Latency {
  /** Milliseconds that pass before the service gets the call; the factor is applied already. */
  delayOf(call: Call): number;
  /** The answer; where Azure goes on working on what it has accepted, it says to look again when Azure is done. */
  told(call: Call, response: AzureResponse): AzureResponse;
}

const none: Latency = { delayOf: () => 0, told: (_call, response) => response };

export const latencyMode: Mode<Latency> = { isReady: true, off: none, open: (setup) => new DrawnLatency(setup) };

/**
 * Durations drawn from the tables. Each kind of call draws from numbers of its own, so that the third token of a run takes the
 * same time whatever else the run asks for.
 */
class DrawnLatency implements Latency {
  private readonly seed: number;
  private readonly factor: number;
  private readonly streams = new Map<string, RandomStream>();

  constructor({ random, factor }: ModeSetup) {
    this.seed = Math.floor(random() * 2 ** 32);
    this.factor = factor;
  }

  delayOf({ service, request }: Call): number {
    const path = request.path.toLowerCase();
    const found = delays.find(
      (delay) => delay.service === service && delay.methods.includes(request.method) && delay.path.test(path),
    );
    return this.drawn(found ?? otherDelay);
  }

  told({ service, request }: Call, response: AzureResponse): AzureResponse {
    const isAccepted = request.method !== "GET" && response.headers?.["retry-after-ms"] !== undefined;
    if (service !== "arm" || !isAccepted || response.status >= 300) {
      return response;
    }
    const path = request.path.toLowerCase();
    const work = works.find((each) => each.path.test(path));
    return work === undefined
      ? response
      : { ...response, headers: { ...response.headers, ...lookAfter(this.drawn(work)) } };
  }

  private drawn({ of, shortest, longest }: Duration): number {
    const stream = this.streams.get(of) ?? randomStream(this.seed, of);
    this.streams.set(of, stream);
    return (shortest + (longest - shortest) * stream()) * this.factor;
  }
}

/** "Look again after so many milliseconds", for clients that read seconds and for those that read more. */
function lookAfter(duration: number): Readonly<Record<string, string>> {
  const wait = Math.max(1, Math.round(duration));
  return {
    "retry-after": String(Math.ceil(wait / 1000)),
    "retry-after-ms": String(wait),
    "x-ms-retry-after-ms": String(wait),
  };
}
