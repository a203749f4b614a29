import * as keyvault from "@pulumi/azure-native/keyvault";
import * as resources from "@pulumi/azure-native/resources";
import * as storage from "@pulumi/azure-native/storage";
import type * as pulumi from "@pulumi/pulumi";
import type { StateSettings } from "./settings";

/** Days that a deleted blob, container or version, and a deleted vault, can be brought back. */
export const keptDays = 90;

export interface StateStore {
  readonly resourceGroupName: pulumi.Output<string>;
  readonly accountName: pulumi.Output<string>;
  readonly container: storage.BlobContainer;
}

export interface StateVault {
  readonly id: pulumi.Output<string>;
  readonly name: pulumi.Output<string>;
}

/** Lost state can't be made again, so that a destroy refuses it. */
const kept = { protect: true };

/** The resource group, and the account and container that hold the state. Shared keys are off: only identities get in. */
export function declareStateStore(settings: StateSettings): StateStore {
  const group = new resources.ResourceGroup(
    "state",
    { resourceGroupName: settings.resourceGroupName, location: settings.location },
    kept,
  );
  const account = new storage.StorageAccount(
    "state",
    {
      resourceGroupName: group.name,
      accountName: settings.accountName,
      location: settings.location,
      kind: storage.Kind.StorageV2,
      sku: { name: storage.SkuName.Standard_ZRS },
      allowSharedKeyAccess: false,
      allowBlobPublicAccess: false,
      allowCrossTenantReplication: false,
      defaultToOAuthAuthentication: true,
      enableHttpsTrafficOnly: true,
      minimumTlsVersion: storage.MinimumTlsVersion.TLS1_2,
    },
    kept,
  );
  const container = new storage.BlobContainer(
    "state",
    {
      resourceGroupName: group.name,
      accountName: account.name,
      containerName: "state",
      publicAccess: storage.PublicAccess.None,
    },
    kept,
  );
  return { resourceGroupName: group.name, accountName: account.name, container };
}

/** Earlier versions of the state, and deleted ones, stay for a while. */
export function declareStateHistory({ resourceGroupName, accountName }: StateStore): void {
  const retention = { enabled: true, days: keptDays };
  new storage.BlobServiceProperties("state", {
    resourceGroupName,
    accountName,
    blobServicesName: "default",
    isVersioningEnabled: true,
    deleteRetentionPolicy: retention,
    containerDeleteRetentionPolicy: retention,
  });
}

/** The vault of the key. */
export function declareStateVault(
  settings: StateSettings,
  { resourceGroupName }: StateStore,
  tenantId: string,
): StateVault {
  const vault = new keyvault.Vault(
    "state",
    {
      resourceGroupName,
      vaultName: settings.vaultName,
      location: settings.location,
      properties: {
        tenantId,
        sku: { family: keyvault.SkuFamily.A, name: keyvault.SkuName.Standard },
        enableRbacAuthorization: true,
        enableSoftDelete: true,
        enablePurgeProtection: true,
        softDeleteRetentionInDays: keptDays,
      },
    },
    kept,
  );
  return { id: vault.id, name: vault.name };
}

/** The key that encrypts the secrets in the state. Resource Manager can neither change nor delete it. */
export function declareStateKey({ resourceGroupName }: StateStore, vault: StateVault): keyvault.Key {
  return new keyvault.Key(
    "state",
    {
      resourceGroupName,
      vaultName: vault.name,
      keyName: "state",
      properties: {
        kty: keyvault.JsonWebKeyType.RSA,
        keySize: 3072,
        keyOps: [keyvault.JsonWebKeyOperation.Encrypt, keyvault.JsonWebKeyOperation.Decrypt],
      },
    },
    kept,
  );
}
