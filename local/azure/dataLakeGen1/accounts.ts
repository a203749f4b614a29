import { randomUUID } from "node:crypto";
import { endUnattendedOperations } from "../arm/asyncOperations";
import type { Cloud } from "../cloud";
import { resourceGroupId } from "../landingZone/layout";
import type { Collection } from "../store/store";
import { accountProperties } from "./accountInput";
import type { AccountRecord } from "./accountRecord";
import { StoreTree } from "./storeTree";

const hostSuffix = ".azuredatalakestore.net";

/** Every Data Lake Store account. Names are unique in all of Azure. */
export class Accounts {
  private readonly records: Collection<AccountRecord>;

  constructor(private readonly cloud: Cloud) {
    this.records = cloud.store.collection<AccountRecord>("dataLakeStoreAccounts");
  }

  get(name: string): AccountRecord | undefined {
    return this.records.get(name.toLowerCase());
  }

  /** The account of a data host; undefined while it is still being made. */
  atHost(host: string): AccountRecord | undefined {
    const name = host.endsWith(hostSuffix) ? host.slice(0, -hostSuffix.length) : "";
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

  /** A new account with its root directory, which belongs to its creator. */
  add(account: Omit<AccountRecord, "id" | "accountId" | "createdAt" | "modifiedAt">): AccountRecord {
    const now = this.cloud.clock.now().toISOString();
    const id = `${resourceGroupId(account.resourceGroup)}/providers/Microsoft.DataLakeStore/accounts/${account.name}`;
    const record = { ...account, id, accountId: randomUUID(), createdAt: now, modifiedAt: now };
    this.save(record);
    this.treeOf(record).plant(account.creator, account.properties.defaultGroup ?? account.creator);
    return record;
  }

  /** Deletes an account with all that is in it. */
  delete(account: AccountRecord): void {
    this.treeOf(account).clear();
    this.records.delete(account.name);
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
