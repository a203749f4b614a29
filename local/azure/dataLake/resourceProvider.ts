import type { ArmContext, ResourceProvider } from "../arm/resourceProvider";
import type { Cloud } from "../cloud";
import { Router } from "../http/router";
import { addAccountRoutes } from "./accountRoutes";
import { Accounts } from "./accounts";
import { addContainerRoutes } from "./containerRoutes";
import { addManagementPolicyRoutes } from "./managementPolicyRoutes";

/** Microsoft.Storage behind ARM: accounts, their keys, their containers, and the rules for what lies in them. */
export function createStorageProvider(cloud: Cloud): ResourceProvider {
  const accounts = new Accounts(cloud);
  const routes = new Router<ArmContext>();
  addAccountRoutes(routes, accounts);
  addContainerRoutes(routes, accounts);
  addManagementPolicyRoutes(routes, accounts, cloud);
  return {
    namespace: "Microsoft.Storage",
    routes,
    removeGroup(resourceGroupId) {
      const prefix = `${resourceGroupId.toLowerCase()}/`;
      for (const account of accounts.all().filter(({ id }) => id.toLowerCase().startsWith(prefix))) {
        accounts.delete(account);
      }
    },
  };
}
