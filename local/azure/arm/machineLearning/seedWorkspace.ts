import type { Cloud } from "../../cloud";
import { addManagedIdentity } from "../../entra/managedIdentities";
import { tenant } from "../../landingZone/layout";
import { touch } from "../systemData";
import { newWorkspaceId, workspaceResourceId, Workspaces } from "./workspaceRecord";

/** Puts a workspace where it would be, without asking who may. Idempotent. */
export function seedWorkspace(
  cloud: Cloud,
  workspace: {
    readonly resourceGroup: string;
    readonly name: string;
    readonly location: string;
    /** Resource IDs. */
    readonly storageAccount: string;
    readonly keyVault: string;
    readonly containerRegistry: string;
  },
): void {
  const { resourceGroup, name, location, storageAccount, keyVault, containerRegistry } = workspace;
  const workspaces = new Workspaces(cloud.store);
  const live = workspaces.live(resourceGroup, name);
  if (live !== undefined) {
    // One that was laid out before it had a registry.
    workspaces.set({ ...live, settings: { containerRegistry, ...live.settings } });
    return;
  }
  const { principalId } = addManagedIdentity(cloud.directory, {
    displayName: name,
    resourceId: workspaceResourceId(workspace),
  });
  workspaces.set({
    name,
    resourceGroup,
    location,
    tags: {},
    kind: "Default",
    sku: { name: "Basic", tier: "Basic" },
    identity: { type: "SystemAssigned", principalId, tenantId: tenant.id },
    settings: { friendlyName: name, storageAccount, keyVault, containerRegistry },
    workspaceId: newWorkspaceId(),
    storageHnsEnabled: false,
    provisioningState: "Succeeded",
    systemData: touch({ clientId: "landing-zone" }, cloud.clock.now()),
  });
}
