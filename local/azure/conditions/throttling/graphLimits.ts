import { graphError } from "../../graph/errors";
import { replyHeaders, withInnerError } from "../../graph/replyHeaders";
import { queryParameter, type AzureRequest } from "../../http/message";
import { tenant } from "../../landingZone/layout";
import type { Call } from "../call";
import { retryAfter, type Charge, type Exceeded, type Level, type Limit, type ServiceLimits } from "./limit";

const source = "learn.microsoft.com/graph/throttling-limits, Identity and access service limits";

/** The tenant is one of the small ones: below 50 users. */
const resourceUnits: Limit = {
  counts: "Graph: resource units of one application in a small tenant",
  size: 3500,
  refillPerSecond: 350,
  source: `${source}: 3,500 in 10 s`,
};
const writesOfApplication: Limit = {
  counts: "Graph: writes of one application in a tenant",
  size: 3000,
  refillPerSecond: 20,
  source: `${source}: 3,000 in 150 s`,
};
const writesInTenant: Limit = {
  counts: "Graph: writes in a tenant",
  size: 18_000,
  refillPerSecond: 60,
  source: `${source}: 18,000 in 300 s`,
};

/** What a read costs where it is not 1, before the query options. */
const readCosts: readonly (readonly [path: RegExp, units: number])[] = [
  [/^\/applications$/, 2],
  [/^\/groups\/[^/]+\/members$/, 3],
  [/^\/groups\/[^/]+\/transitiveMembers$/, 5],
  [/^\/oauth2PermissionGrants(\/[^/]+)?$/, 2],
  [/^\/servicePrincipals\/[^/]+\/appRoleAssignments$/, 2],
  [/^\/users$/, 2],
  [/^\/(me|users\/[^/]+)\/(memberOf|ownedObjects|transitiveMemberOf|licenseDetails)$/, 2],
];
/** POST requests that read. */
const queryCosts: readonly (readonly [path: RegExp, units: number])[] = [
  [/^\/directoryObjects\/getByIds$/, 3],
  [/\/(checkMemberGroups|checkMemberObjects|isMemberOf)$/, 4],
  [/\/(getMemberGroups|getMemberObjects)$/, 2],
];
/** From this share of a limit on, successful answers tell it. */
const warnsFrom = 0.8;

export const graphLimits: ServiceLimits = {
  limits: [resourceUnits, writesOfApplication, writesInTenant],
  chargesOf,
  refusal,
  told: (call, levels) => ({ "x-ms-resource-unit": String(unitsOf(call.request)), ...warning(levels) }),
};

function chargesOf({ request, caller: { clientId } }: Call): readonly Charge[] {
  if (clientId === undefined) {
    return [];
  }
  const units = { limit: resourceUnits, holder: clientId, cost: unitsOf(request) };
  return writes(request)
    ? [
        units,
        { limit: writesOfApplication, holder: clientId, cost: 1 },
        { limit: writesInTenant, holder: tenant.id, cost: 1 },
      ]
    : [units];
}

/** A request below the version: "/applications". A batch counts as one request. */
const pathOf = ({ path }: AzureRequest): string => path.replace(/^\/(v1\.0|beta)/i, "").replace(/\/+$/, "");

const costIn = (costs: typeof readCosts, path: string): number | undefined => costs.find(([of]) => of.test(path))?.[1];

function writes(request: AzureRequest): boolean {
  const isRead = request.method === "GET" || request.method === "HEAD";
  return !isRead && costIn(queryCosts, pathOf(request)) === undefined && pathOf(request) !== "/$batch";
}

/** @returns one at least */
function unitsOf(request: AzureRequest): number {
  const path = pathOf(request);
  const base = costIn(request.method === "POST" ? queryCosts : readCosts, path) ?? 1;
  const top = Number(queryParameter(request, "$top") ?? Number.NaN);
  const options =
    (queryParameter(request, "$expand") === undefined ? 0 : 1) -
    (queryParameter(request, "$select") === undefined ? 0 : 1) -
    (top < 20 ? 1 : 0);
  return Math.max(1, base + options);
}

function refusal({ request, caller }: Call, { limit, wait, now }: Exceeded): ReturnType<ServiceLimits["refusal"]> {
  const isUnits = limit === resourceUnits;
  const scope = limit === writesInTenant ? "Tenant" : "Tenant_Application";
  const { response } = graphError(429, "TooManyRequests", "Too many requests.", {
    headers: {
      "retry-after": retryAfter(wait),
      "x-ms-throttle-scope": `${scope}/${isUnits ? "ReadWrite" : "Write"}/${caller.clientId ?? ""}/${tenant.id}`,
      "x-ms-throttle-information": isUnits ? "ResourceUnitLimitExceeded" : "WriteLimitExceeded",
    },
  });
  const told = withInnerError(response, request, now);
  return { ...told, headers: { ...replyHeaders(request, told), ...told.headers } };
}

function warning(levels: readonly Level[]): Record<string, string> {
  const used = Math.max(0, ...levels.map(({ left, size }) => 1 - left / size));
  return used < warnsFrom ? {} : { "x-ms-throttle-limit-percentage": used.toFixed(1) };
}
