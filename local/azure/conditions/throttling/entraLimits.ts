import { headersFor } from "../../entra/replyHeaders";
import { tenant } from "../../landingZone/layout";
import type { Call } from "../call";
import { retryAfter, type Charge, type Limit, type ServiceLimits } from "./limit";

const source =
  "estimate: no number is published; Azure AD B2C's are learn.microsoft.com/azure/active-directory-b2c/service-limits";
/** What a refusal states, seconds. */
const stated = 60;

const ofClient: Limit = {
  counts: "Entra: token requests of one client",
  size: 6000,
  refillPerSecond: 20,
  source: `${source}, 6,000 in 300 s for an address`,
};
const ofTenant: Limit = {
  counts: "Entra: token requests in a tenant",
  size: 200,
  refillPerSecond: 200,
  source: `${source}, 200 a second for a tenant`,
};

export const entraLimits: ServiceLimits = {
  limits: [ofClient, ofTenant],
  chargesOf,
  /** As recorded (AzureAD/microsoft-authentication-library-for-dotnet issue 2855): plain text, and a minute to wait. */
  refusal: ({ request }, { factor }) => ({
    status: 429,
    headers: { ...headersFor(request), "content-type": "text/plain", "retry-after": retryAfter(stated * factor) },
    body: "Too Many Requests",
  }),
};

function chargesOf({ request: { method, path }, caller: { clientId } }: Call): readonly Charge[] {
  if (method !== "POST" || clientId === undefined || !/\/oauth2\/(v2\.0\/)?token$/i.test(path)) {
    return [];
  }
  return [
    { limit: ofClient, holder: clientId, cost: 1 },
    { limit: ofTenant, holder: tenant.id, cost: 1 },
  ];
}
