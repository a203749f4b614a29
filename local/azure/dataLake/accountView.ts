import type { TargetConnection } from "../arm/network/privateLink";
import type { AccountRecord } from "./accountRecord";
import { tierOf } from "./accountInput";

/** A storage account as ARM shows it, with the private endpoints that lead to it. */
export function accountView(account: AccountRecord, connections: readonly TargetConnection[]): object {
  const { id, name, location, tags, kind, sku, createdAt, provisioningState, properties } = account;
  const { requireInfrastructureEncryption, networkAcls, ...shown } = properties;
  const service = { keyType: "Account", enabled: true, lastEnabledTime: createdAt };
  return {
    sku: { name: sku, tier: tierOf(sku) },
    kind,
    id,
    name,
    type: "Microsoft.Storage/storageAccounts",
    location,
    tags,
    properties: {
      keyCreationTime: { key1: createdAt, key2: createdAt },
      privateEndpointConnections: connections.map((connection) => connectionView(id, connection)),
      isNfsV3Enabled: false,
      isLocalUserEnabled: false,
      isSftpEnabled: false,
      ...shown,
      networkAcls: { ipv6Rules: [], ...networkAcls },
      encryption: {
        ...(requireInfrastructureEncryption === undefined ? {} : { requireInfrastructureEncryption }),
        services: { file: service, blob: service },
        keySource: "Microsoft.Storage",
      },
      provisioningState,
      creationTime: createdAt,
      ...(provisioningState === "Succeeded" ? { primaryEndpoints: endpoints(name) } : {}),
      primaryLocation: location,
      statusOfPrimary: "available",
      ...(sku.includes("RA") ? { secondaryEndpoints: endpoints(`${name}-secondary`) } : {}),
    },
  };
}

const connectionView = (accountId: string, { name, endpointId, status, description }: TargetConnection): object => ({
  id: `${accountId}/privateEndpointConnections/${name}`,
  name,
  type: "Microsoft.Storage/storageAccounts/privateEndpointConnections",
  properties: {
    provisioningState: "Succeeded",
    privateEndpoint: { id: endpointId },
    privateLinkServiceConnectionState: { status, description, actionRequired: "None" },
  },
});

function endpoints(name: string): object {
  const of = (service: string): [string, string] => [service, `https://${name}.${service}.core.windows.net/`];
  return {
    ...Object.fromEntries(["dfs", "blob", "queue", "table", "file"].map(of)),
    web: `https://${name}.z6.web.core.windows.net/`,
  };
}
