import { randomUUID } from "node:crypto";
import { DataAccounts } from "../arm/dataAccounts";
import type { Cloud } from "../cloud";
import { resourceGroupId } from "../landingZone/layout";
import { accountProperties } from "./accountInput";
import type { AccountRecord } from "./accountRecord";
import { StoreTree } from "./storeTree";

/** Every Data Lake Store account. */
export class Accounts extends DataAccounts<AccountRecord> {
  constructor(cloud: Cloud) {
    super(cloud, {
      type: "Microsoft.DataLakeStore/accounts",
      collection: "dataLakeStoreAccounts",
      hostSuffixes: [".azuredatalakestore.net"],
    });
  }

  /** A new account with its root directory, which belongs to its creator. */
  add(account: Omit<AccountRecord, "id" | "accountId" | "createdAt" | "modifiedAt">): AccountRecord {
    const now = this.cloud.clock.now().toISOString();
    const id = `${resourceGroupId(account.resourceGroup)}/providers/Microsoft.DataLakeStore/accounts/${account.name}`;
    const record = { ...account, id, accountId: randomUUID(), createdAt: now, modifiedAt: now };
    this.save(record);
    this.treeOf(record).plant(account.creator, account.properties.defaultGroup ?? account.creator);
    return record;
  }

  protected override clear(account: AccountRecord): void {
    this.treeOf(account).clear();
  }

  treeOf(account: AccountRecord): StoreTree {
    return new StoreTree(this.cloud, account.name);
  }
}

/** Puts an account from before the retirement where it would be, without asking who may. Idempotent. */
export function seedDataLakeStore(
  cloud: Cloud,
  account: {
    readonly resourceGroup: string;
    readonly name: string;
    readonly location: string;
    /** Object ID. */
    readonly creator: string;
  },
): void {
  const accounts = new Accounts(cloud);
  if (accounts.get(account.name) === undefined) {
    accounts.add({ ...account, tags: {}, provisioningState: "Succeeded", properties: accountProperties({}) });
  }
}
