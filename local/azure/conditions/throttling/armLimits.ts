import { armError } from "../../arm/errors";
import { parseResourcePath } from "../../arm/resourcePath";
import { withArmHeaders } from "../../arm/responseHeaders";
import type { Call } from "../call";
import { retryAfter, type Charge, type Exceeded, type Level, type Limit, type ServiceLimits } from "./limit";

type Kind = "reads" | "writes" | "deletes";
const kinds: readonly Kind[] = ["reads", "writes", "deletes"];

const published = "learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling";
const storageSource = `${published}, Storage throttling`;
const networkSource = `${published}, Network throttling`;
/** The limit of a subscription, as a multiple of one caller's. */
const globalMultiple = 15;

const rates: Readonly<Record<Kind, Pick<Limit, "size" | "refillPerSecond">>> = {
  reads: { size: 250, refillPerSecond: 25 },
  writes: { size: 200, refillPerSecond: 10 },
  deletes: { size: 200, refillPerSecond: 10 },
};

const byKind = (limitOf: (kind: Kind) => Limit): Readonly<Record<Kind, Limit>> => ({
  reads: limitOf("reads"),
  writes: limitOf("writes"),
  deletes: limitOf("deletes"),
});

const ofCaller = byKind((kind) => ({
  counts: `ARM: ${kind} in a subscription by one caller`,
  ...rates[kind],
  source: published,
}));
const ofSubscription = byKind((kind) => ({
  counts: `ARM: ${kind} in a subscription by all callers`,
  size: rates[kind].size * globalMultiple,
  refillPerSecond: rates[kind].refillPerSecond * globalMultiple,
  source: `${published}: ${globalMultiple} times a caller's`,
}));
const ofTenant = byKind((kind) => ({
  counts: `ARM: ${kind} outside of subscriptions by one caller`,
  ...rates[kind],
  source: published,
}));

const within = (requests: number, seconds: number): Pick<Limit, "size" | "refillPerSecond"> => ({
  size: requests,
  refillPerSecond: requests / seconds,
});

const storage = {
  reads: { counts: "Microsoft.Storage: reads in a subscription", ...within(800, 300), source: storageSource },
  lists: { counts: "Microsoft.Storage: lists in a subscription", ...within(100, 300), source: storageSource },
  writes: { counts: "Microsoft.Storage: changes in a subscription", ...within(10, 1), source: storageSource },
  hourly: {
    counts: "Microsoft.Storage: changes in a subscription, an hour",
    ...within(1200, 3600),
    source: storageSource,
  },
} as const satisfies Record<string, Limit>;

const network = {
  reads: { counts: "Microsoft.Network: reads in a subscription", ...within(10_000, 300), source: networkSource },
  writes: { counts: "Microsoft.Network: changes in a subscription", ...within(1000, 300), source: networkSource },
} as const satisfies Record<string, Limit>;

const providerLimits: readonly Limit[] = [...Object.values(storage), ...Object.values(network)];

export const armLimits: ServiceLimits = {
  limits: [
    ...kinds.map((kind) => ofCaller[kind]),
    ...kinds.map((kind) => ofSubscription[kind]),
    ...kinds.map((kind) => ofTenant[kind]),
    ...providerLimits,
  ],
  chargesOf,
  refusal,
  told,
};

function kindOf(method: string): Kind {
  if (method === "GET" || method === "HEAD") {
    return "reads";
  }
  return method === "DELETE" ? "deletes" : "writes";
}

function chargesOf({ request, caller }: Call): readonly Charge[] {
  const actor = caller.objectId;
  const path = parseResourcePath(request.path);
  if (actor === undefined || path === undefined) {
    return [];
  }
  const kind = kindOf(request.method);
  const { subscriptionId } = path;
  if (subscriptionId === undefined) {
    return [{ limit: ofTenant[kind], holder: actor, cost: 1 }];
  }
  const subscription = subscriptionId.toLowerCase();
  // A list ends with a type, in place of a name.
  const part = path.providers.at(-1);
  const isList = part !== undefined && part.types.length > part.names.length;
  return [
    { limit: ofCaller[kind], holder: `${subscription} ${actor}`, cost: 1 },
    { limit: ofSubscription[kind], holder: subscription, cost: 1 },
    ...providerChargesOf(part?.namespace.toLowerCase(), kind, isList).map((limit) => ({
      limit,
      holder: subscription,
      cost: 1,
    })),
  ];
}

function providerChargesOf(namespace: string | undefined, kind: Kind, isList: boolean): readonly Limit[] {
  if (namespace === "microsoft.storage") {
    return kind === "reads" ? [isList ? storage.lists : storage.reads] : [storage.writes, storage.hourly];
  }
  if (namespace === "microsoft.network") {
    return [kind === "reads" ? network.reads : network.writes];
  }
  return [];
}

function refusal({ request, caller }: Call, { limit, wait, now }: Exceeded): ReturnType<ServiceLimits["refusal"]> {
  const seconds = retryAfter(wait);
  const { response } = providerLimits.includes(limit)
    ? armError(
        429,
        "TooManyRequests",
        `The request is being throttled as the limit has been reached for operation type - ${limit.counts.split(": ")[1]}.`,
        { "retry-after": seconds, "x-ms-failure-cause": "service" },
      )
    : armError(
        429,
        "SubscriptionRequestsThrottled",
        exhausted(request.path, request.method, caller.objectId, seconds),
        {
          "retry-after": seconds,
          "x-ms-failure-cause": "gateway",
        },
      );
  return withArmHeaders(request, response, now);
}

function exhausted(path: string, method: string, actor = "", seconds: string): string {
  const kind = kindOf(method).slice(0, -1);
  const subscription = parseResourcePath(path)?.subscriptionId;
  const whose = subscription === undefined ? `actor '${actor}'` : `subscription '${subscription}' actor '${actor}'`;
  return `Number of '${kind}' requests for ${whose} exceeded. Please try again after '${seconds}' seconds.`;
}

function told({ request }: Call, levels: readonly Level[]): Readonly<Record<string, string>> {
  const kind = kindOf(request.method);
  const names = new Map<Limit, string>([
    [ofCaller[kind], `x-ms-ratelimit-remaining-subscription-${kind}`],
    [ofSubscription[kind], `x-ms-ratelimit-remaining-subscription-global-${kind}`],
    [ofTenant[kind], `x-ms-ratelimit-remaining-tenant-${kind}`],
  ]);
  return Object.fromEntries(
    levels.flatMap(({ limit, left }) => {
      const name = names.get(limit);
      return name === undefined ? [] : [[name, String(Math.floor(left))]];
    }),
  );
}
