import type { ArmContext, ResourceProvider } from "../arm/resourceProvider";
import type { Cloud } from "../cloud";
import { Router } from "../http/router";
import { addDeletedVaultRoutes } from "./deletedVaultRoutes";
import { addManagedSecretRoutes } from "./managedSecretRoutes";
import { addVaultRoutes } from "./vaultRoutes";
import { Vaults } from "./vaults";

/** Microsoft.KeyVault behind ARM: vaults, soft-deleted vaults, and secrets without their values. */
export function createKeyVaultProvider(cloud: Cloud): ResourceProvider {
  const vaults = new Vaults(cloud);
  const routes = new Router<ArmContext>();
  addVaultRoutes(routes, vaults);
  addDeletedVaultRoutes(routes, vaults);
  addManagedSecretRoutes(routes, vaults);
  return {
    namespace: "Microsoft.KeyVault",
    routes,
    removeGroup(resourceGroupId) {
      const prefix = `${resourceGroupId.toLowerCase()}/`;
      for (const vault of vaults.allLive().filter(({ id }) => id.toLowerCase().startsWith(prefix))) {
        vaults.delete(vault);
      }
    },
  };
}
