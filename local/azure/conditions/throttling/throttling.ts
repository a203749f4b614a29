import type { AzureResponse } from "../../http/message";
import type { Call } from "../call";
import type { Mode, ModeSetup } from "../mode";
import { armLimits } from "./armLimits";
import { entraLimits } from "./entraLimits";
import { graphLimits } from "./graphLimits";
import { keyVaultLimits } from "./keyVaultLimits";
import type { Charge, ServiceLimits } from "./limit";
import { TokenBucket } from "./tokenBucket";

/** Counts the calls, and refuses those above a limit. */
export interface Throttling {
  /** The refusal in the service's own envelope; undefined lets the call through. */
  refusalOf(call: Call): AzureResponse | undefined;
  /** The answer to a call that was let through, with the headers that tell what is left. */
  told(call: Call, response: AzureResponse): AzureResponse;
}

/** By the name that the request log has of the service. */
export const limitsByService: Readonly<Record<string, ServiceLimits>> = {
  arm: armLimits,
  graph: graphLimits,
  keyVault: keyVaultLimits,
  entra: entraLimits,
};

const unlimited: Throttling = { refusalOf: () => undefined, told: (_call, response) => response };

/** The factor multiplies what passes at once, and with it the time until an empty bucket is full; not the refill. */
export const throttlingMode: Mode<Throttling> = {
  isReady: true,
  off: unlimited,
  open: (setup) => new TokenBuckets(setup),
};

class TokenBuckets implements Throttling {
  private readonly buckets = new Map<string, TokenBucket>();

  constructor(private readonly setup: ModeSetup) {}

  refusalOf(call: Call): AzureResponse | undefined {
    const service = this.limitsOf(call);
    const { clock, factor } = this.setup;
    const now = clock.now();
    const charged = service?.chargesOf(call).map((charge) => ({ ...charge, bucket: this.bucketOf(charge, now) })) ?? [];
    const waits = charged.map(({ limit, bucket, cost }) => ({ limit, wait: bucket.waitFor(cost, now.getTime()) }));
    const longest = waits.sort((one, other) => other.wait - one.wait)[0];
    if (service !== undefined && longest !== undefined && longest.wait > 0) {
      return service.refusal(call, { ...longest, factor, now });
    }
    for (const { bucket, cost } of charged) {
      bucket.take(cost, now.getTime());
    }
    return undefined;
  }

  told(call: Call, response: AzureResponse): AzureResponse {
    const service = this.limitsOf(call);
    if (service?.told === undefined || response.status >= 400) {
      return response;
    }
    const now = this.setup.clock.now();
    const levels = service.chargesOf(call).map((charge) => {
      const bucket = this.bucketOf(charge, now);
      return { limit: charge.limit, left: bucket.left(now.getTime()), size: bucket.size };
    });
    return levels.length === 0
      ? response
      : { ...response, headers: { ...response.headers, ...service.told(call, levels) } };
  }

  private limitsOf({ service }: Call): ServiceLimits | undefined {
    return service === undefined ? undefined : limitsByService[service];
  }

  private bucketOf({ limit, holder }: Charge, now: Date): TokenBucket {
    const key = `${limit.counts} ${holder}`;
    const size = Math.max(1, Math.round(limit.size * this.setup.factor));
    const bucket = this.buckets.get(key) ?? new TokenBucket(size, limit.refillPerSecond, now.getTime());
    this.buckets.set(key, bucket);
    return bucket;
  }
}
