import type { Cloud } from "../../cloud";
import type { Caller } from "../../entra/caller";
import { json } from "../../http/message";
import type { Router } from "../../http/router";
import { neighbour, subscription, tenant } from "../../landingZone/layout";
import { RoleAssignments } from "../authorization/roleAssignments";
import { regions } from "../regions";
import type { ArmContext } from "../resourceProvider";
import { subscriptionScope } from "./resourceGroupRecord";

interface Subscription {
  readonly id: string;
  readonly displayName: string;
}

/** A subscription as ARM shows it. */
export const subscriptionBodyOf = ({ id, displayName }: Subscription): object => ({
  id: `/subscriptions/${id}`,
  authorizationSource: "RoleBased",
  managedByTenants: [],
  subscriptionId: id,
  tenantId: tenant.id,
  displayName,
  state: "Enabled",
  subscriptionPolicies: {
    locationPlacementId: "Public_2014-09-01",
    quotaId: "PayAsYouGo_2014-09-01",
    spendingLimit: "Off",
  },
});

/** A subscription, as those see it who have a role anywhere in it; its regions; the tenant. */
export function addSubscriptionRoutes(router: Router<ArmContext>, cloud: Cloud): void {
  const assignments = new RoleAssignments(cloud.store);
  const seenBy = ({ objectId }: Caller): Subscription[] =>
    [subscription, neighbour].filter(({ id }) => assignments.touches(objectId, `/subscriptions/${id}`));

  router
    .on("GET", "/subscriptions", (_request, _parameters, { caller }) => {
      const seen = seenBy(caller);
      return json(200, { value: seen.map(subscriptionBodyOf), count: { type: "Total", value: seen.length } });
    })
    .on("GET", "/subscriptions/:subscription", () => json(200, subscriptionBodyOf(subscription)))
    .on("GET", "/subscriptions/:subscription/locations", () => json(200, { value: locationBodies }))
    .on("GET", "/tenants", () =>
      json(200, {
        value: [
          {
            id: `/tenants/${tenant.id}`,
            tenantId: tenant.id,
            countryCode: "NL",
            displayName: tenant.displayName,
            domains: [tenant.initialDomain, tenant.domain],
            tenantCategory: "Home",
            defaultDomain: tenant.initialDomain,
            tenantType: "AAD",
          },
        ],
      }),
    );
}

const locationBodies = Object.entries(regions).map(([name, displayName]) => ({
  id: `${subscriptionScope}/locations/${name}`,
  name,
  type: "Region",
  displayName,
  regionalDisplayName: displayName,
  metadata: { regionType: "Physical", regionCategory: "Recommended" },
}));
