import { location } from "../../landingZone/layout";
import type { Call } from "../call";
import type { Charge, Limit, ServiceLimits } from "./limit";

const source = "learn.microsoft.com/azure/key-vault/general/service-limits";
const seconds = 10;
/** The limit of a subscription, as a multiple of a vault's. */
const subscriptionMultiple = 5;

const within = (transactions: number): Pick<Limit, "size" | "refillPerSecond"> => ({
  size: transactions,
  refillPerSecond: transactions / seconds,
});

const kinds = {
  made: { words: "secrets set, certificates and keys imported", transactions: 300 },
  keys: { words: "software keys created", transactions: 20 },
  others: { words: "all other transactions", transactions: 4000 },
} as const;
type Kind = keyof typeof kinds;

const limitsOf = (kind: Kind): { readonly vault: Limit; readonly subscription: Limit } => {
  const { words, transactions } = kinds[kind];
  return {
    vault: { counts: `Key Vault: ${words}, in one vault`, ...within(transactions), source },
    subscription: {
      counts: `Key Vault: ${words}, in all vaults`,
      ...within(transactions * subscriptionMultiple),
      source: `${source}: ${subscriptionMultiple} times a vault's`,
    },
  };
};
const limits = { made: limitsOf("made"), keys: limitsOf("keys"), others: limitsOf("others") };

export const keyVaultLimits: ServiceLimits = {
  limits: Object.values(limits).flatMap(({ vault, subscription }) => [vault, subscription]),
  chargesOf,
  /** As recorded from the service (vcsjones/AzureSignTool issue 219): no header states a wait. */
  refusal: ({ request }) => ({
    status: 429,
    headers: {
      "cache-control": "no-cache",
      pragma: "no-cache",
      expires: "-1",
      "strict-transport-security": "max-age=31536000;includeSubDomains",
      "x-content-type-options": "nosniff",
      "x-ms-keyvault-region": location,
      "x-ms-request-id": request.id,
    },
    body: {
      error: {
        code: "Throttled",
        message:
          "Request was not processed because too many requests were received. Reason: VaultRequestTypeLimitReached",
      },
    },
  }),
};

function chargesOf({ request, caller }: Call): readonly Charge[] {
  if (caller.clientId === undefined) {
    return [];
  }
  const { vault, subscription } = limits[kindOf(request.method, request.path)];
  return [
    { limit: vault, holder: request.host, cost: 1 },
    { limit: subscription, holder: "subscription", cost: 1 },
  ];
}

function kindOf(method: string, path: string): Kind {
  if (/^\/keys\/[^/]+\/create$/i.test(path)) {
    return "keys";
  }
  const sets = method === "PUT" && /^\/(secrets|keys)\/[^/]+$/i.test(path);
  return sets || /^\/certificates\/[^/]+\/import$/i.test(path) ? "made" : "others";
}
