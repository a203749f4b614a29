import type { ArmContext, ResourceProvider } from "../arm/resourceProvider";
import type { Cloud } from "../cloud";
import { Router } from "../http/router";
import { addAccountRoutes } from "./accountRoutes";
import { Accounts } from "./accounts";

/** Microsoft.DataLakeStore behind ARM. */
export function createDataLakeStoreProvider(cloud: Cloud): ResourceProvider {
  const accounts = new Accounts(cloud);
  const routes = new Router<ArmContext>();
  addAccountRoutes(routes, accounts);
  return {
    namespace: "Microsoft.DataLakeStore",
    routes,
    removeGroup(resourceGroupId) {
      const prefix = `${resourceGroupId.toLowerCase()}/`;
      for (const account of accounts.all().filter(({ id }) => id.toLowerCase().startsWith(prefix))) {
        accounts.delete(account);
      }
    },
  };
}
