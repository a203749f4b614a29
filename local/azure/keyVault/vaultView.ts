import type { TargetConnection } from "../arm/network/privateLink";
import { subscription } from "../landingZone/layout";
import type { VaultRecord } from "./vaultRecord";

/** A vault as ARM shows it, with the private endpoints that lead to it. */
export function vaultView(
  vault: VaultRecord,
  connections: readonly TargetConnection[],
  provisioningState: "RegisteringDns" | "Succeeded" = "Succeeded",
): object {
  const { id, name, location, tags, systemData, properties } = vault;
  const vaultUri = `https://${name.toLowerCase()}.vault.azure.net${provisioningState === "Succeeded" ? "/" : ""}`;
  return {
    id,
    name,
    type: "Microsoft.KeyVault/vaults",
    location,
    tags,
    systemData,
    properties: {
      ...properties,
      ...(connections.length === 0
        ? {}
        : { privateEndpointConnections: connections.map((connection) => connectionView(id, connection)) }),
      vaultUri,
      provisioningState,
    },
  };
}

const connectionView = (vaultId: string, { name, endpointId, status, description }: TargetConnection): object => ({
  id: `${vaultId}/privateEndpointConnections/${name}`,
  properties: {
    provisioningState: "Succeeded",
    privateEndpoint: { id: endpointId },
    privateLinkServiceConnectionState: { status, description, actionsRequired: "None" },
  },
});

/** A soft-deleted vault as ARM shows it. */
export function deletedVaultView(vault: VaultRecord): object {
  const { id, name, location, tags, deletion, properties } = vault;
  return {
    id: `/subscriptions/${subscription.id}/providers/Microsoft.KeyVault/locations/${location}/deletedVaults/${name}`,
    name,
    type: "Microsoft.KeyVault/deletedVaults",
    properties: {
      vaultId: id,
      location,
      tags,
      deletionDate: deletion?.date,
      scheduledPurgeDate: deletion?.scheduledPurge,
      ...(properties.enablePurgeProtection === true ? { purgeProtectionEnabled: true } : {}),
    },
  };
}
