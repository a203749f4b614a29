import type { Cloud } from "../../cloud";
import type { Caller } from "../../entra/caller";
import { json } from "../../http/message";
import type { Router } from "../../http/router";
import { subscription, tenant } from "../../landingZone/layout";
import { RoleAssignments } from "../authorization/roleAssignments";
import { regions } from "../regions";
import type { ArmContext } from "../resourceProvider";
import { subscriptionScope } from "./resourceGroupRecord";

const subscriptionBody = {
  id: subscriptionScope,
  authorizationSource: "RoleBased",
  managedByTenants: [],
  subscriptionId: subscription.id,
  tenantId: tenant.id,
  displayName: subscription.displayName,
  state: "Enabled",
  subscriptionPolicies: {
    locationPlacementId: "Public_2014-09-01",
    quotaId: "PayAsYouGo_2014-09-01",
    spendingLimit: "Off",
  },
};

/** The subscription, as those see it who have a role anywhere in it; its regions; the tenant. */
export function addSubscriptionRoutes(router: Router<ArmContext>, cloud: Cloud): void {
  const assignments = new RoleAssignments(cloud.store);
  const sees = ({ objectId }: Caller): boolean => assignments.touches(objectId, subscriptionScope);

  router
    .on("GET", "/subscriptions", (_request, _parameters, { caller }) =>
      json(200, {
        value: sees(caller) ? [subscriptionBody] : [],
        count: { type: "Total", value: sees(caller) ? 1 : 0 },
      }),
    )
    .on("GET", "/subscriptions/:subscription", () => json(200, subscriptionBody))
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
