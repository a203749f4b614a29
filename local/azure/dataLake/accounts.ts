import { endUnattendedOperations } from "../arm/asyncOperations";
import { connectionsTo } from "../arm/network/privateLink";
import type { Cloud } from "../cloud";
import { resourceGroupId } from "../landingZone/layout";
import type { Collection } from "../store/store";
import { openNetwork, type AccountRecord } from "./accountRecord";
import { accountView } from "./accountView";
import { FileSystems } from "./fileSystems";

const hostSuffixes = [".dfs.core.windows.net", ".blob.core.windows.net"];

/** Every storage account. Names are unique in all of Azure. */
export class Accounts {
  private readonly records: Collection<AccountRecord>;

  constructor(private readonly cloud: Cloud) {
    this.records = cloud.store.collection<AccountRecord>("storageAccounts");
  }

  get(name: string): AccountRecord | undefined {
    return this.records.get(name.toLowerCase());
  }

  /** The account of a data host; undefined while it is still being made. */
  atHost(host: string): AccountRecord | undefined {
    const suffix = hostSuffixes.find((candidate) => host.endsWith(candidate));
    const name = suffix === undefined ? "" : host.slice(0, -suffix.length);
    if (this.get(name)?.provisioningState === "Creating") {
      endUnattendedOperations(this.cloud);
    }
    const account = this.get(name);
    return account?.provisioningState === "Succeeded" ? account : undefined;
  }

  all(): AccountRecord[] {
    return [...this.records.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  save(account: AccountRecord): void {
    this.records.set(account.name, account);
  }

  /** Deletes an account with all that is in it. Nothing of it comes back. */
  delete(account: AccountRecord): void {
    this.fileSystemsOf(account).removeAll();
    this.cloud.store.collection("storageAccounts.managementPolicies").delete(account.id.toLowerCase());
    this.records.delete(account.name);
  }

  /** An account as ARM shows it. */
  view(account: AccountRecord): object {
    return accountView(account, connectionsTo(this.cloud.store, account.id));
  }

  fileSystemsOf(account: AccountRecord): FileSystems {
    return new FileSystems(this.cloud, account.name);
  }

  /** The account's two access keys, base64. They are derived, and so lie nowhere. */
  keysOf(account: AccountRecord): { readonly keyName: string; readonly value: string }[] {
    return ["key1", "key2"].map((keyName) => {
      const halves = ["a", "b"].map((half) =>
        this.cloud.stateKey.derive(`storage-key/${account.name}/${account.createdAt}/${keyName}/${half}`),
      );
      return { keyName, value: Buffer.concat(halves.map((half) => Buffer.from(half, "base64url"))).toString("base64") };
    });
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
