import { DataAccounts } from "../arm/dataAccounts";
import { connectionsTo } from "../arm/network/privateLink";
import type { Cloud } from "../cloud";
import { resourceGroupId } from "../landingZone/layout";
import { openNetwork, type AccountRecord } from "./accountRecord";
import { accountView } from "./accountView";
import { FileSystems } from "./fileSystems";

/** Every storage account. */
export class Accounts extends DataAccounts<AccountRecord> {
  constructor(cloud: Cloud) {
    super(cloud, {
      type: "Microsoft.Storage/storageAccounts",
      collection: "storageAccounts",
      hostSuffixes: [".dfs.core.windows.net", ".blob.core.windows.net"],
    });
  }

  protected override clear(account: AccountRecord): void {
    this.fileSystemsOf(account).removeAll();
    this.cloud.store.collection("storageAccounts.managementPolicies").delete(account.id.toLowerCase());
  }

  /** An account as ARM shows it. */
  view(account: AccountRecord): object {
    return accountView(account, connectionsTo(this.cloud.store, account.id));
  }

  fileSystemsOf(account: AccountRecord): FileSystems {
    return new FileSystems(this.cloud, account.name);
  }
}

/** Puts an account that takes only tokens where it would be, without asking who may. Idempotent. */
export function seedStorageAccount(
  cloud: Cloud,
  account: {
    readonly resourceGroup: string;
    readonly name: string;
    readonly location: string;
    readonly hierarchicalNamespace: boolean;
  },
): void {
  const accounts = new Accounts(cloud);
  const { resourceGroup, name, location, hierarchicalNamespace } = account;
  if (accounts.get(name) !== undefined) {
    return;
  }
  accounts.save({
    id: accountId(resourceGroup, name),
    name,
    resourceGroup,
    location,
    tags: {},
    kind: "StorageV2",
    sku: "Standard_LRS",
    createdAt: cloud.clock.now().toISOString(),
    provisioningState: "Succeeded",
    properties: {
      accessTier: "Hot",
      minimumTlsVersion: "TLS1_2",
      supportsHttpsTrafficOnly: true,
      allowBlobPublicAccess: false,
      allowSharedKeyAccess: false,
      allowCrossTenantReplication: false,
      isHnsEnabled: hierarchicalNamespace,
      networkAcls: openNetwork,
    },
    blobService: {},
  });
}

export const accountId = (resourceGroup: string, name: string): string =>
  `${resourceGroupId(resourceGroup)}/providers/Microsoft.Storage/storageAccounts/${name}`;
