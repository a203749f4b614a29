import type { Cloud } from "../cloud";
import type { Collection } from "../store/store";
import { endUnattendedOperations } from "./asyncOperations";
import { resourceNotFound } from "./errors";

/** What is kept of an account whose data is reached at a host of its own. */
export interface DataAccount {
  readonly name: string;
  readonly resourceGroup: string;
  /** A new account has no data endpoints until it has succeeded. */
  readonly provisioningState: "Creating" | "Succeeded";
}

interface DataAccountKind {
  /** Type of the resource, such as `Microsoft.Storage/storageAccounts`. */
  readonly type: string;
  /** Name of the store's collection. */
  readonly collection: string;
  /** What follows an account's name in the names of its data hosts. */
  readonly hostSuffixes: readonly string[];
}

/** Every account of one type. Names are unique in all of Azure. */
export abstract class DataAccounts<T extends DataAccount> {
  private readonly records: Collection<T>;

  protected constructor(
    protected readonly cloud: Cloud,
    private readonly kind: DataAccountKind,
  ) {
    this.records = cloud.store.collection<T>(kind.collection);
  }

  get(name: string): T | undefined {
    return this.records.get(name.toLowerCase());
  }

  /** The account of a data host; undefined while it is still being made. */
  atHost(host: string): T | undefined {
    const suffix = this.kind.hostSuffixes.find((candidate) => host.endsWith(candidate));
    const name = suffix === undefined ? "" : host.slice(0, -suffix.length);
    if (this.get(name)?.provisioningState === "Creating") {
      endUnattendedOperations(this.cloud);
    }
    const account = this.get(name);
    return account?.provisioningState === "Succeeded" ? account : undefined;
  }

  /** @throws ServiceError 404 where the resource group has no such account */
  inGroup(name: string, resourceGroup = ""): T {
    endUnattendedOperations(this.cloud);
    const account = this.get(name);
    if (account?.resourceGroup !== resourceGroup) {
      throw resourceNotFound(this.kind.type, name, resourceGroup);
    }
    return account;
  }

  allInGroup(resourceGroup: string | undefined): T[] {
    return this.all().filter((account) => account.resourceGroup === resourceGroup);
  }

  all(): T[] {
    return [...this.records.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  save(account: T): void {
    this.records.set(account.name, account);
  }

  /** Ends the creation of an account; undefined where it was deleted meanwhile. */
  complete(name: string): T | undefined {
    const account = this.get(name);
    if (account === undefined) return undefined;
    const ready: T = { ...account, provisioningState: "Succeeded" };
    this.save(ready);
    return ready;
  }

  /** Deletes an account with all that is in it. Nothing of it comes back. */
  delete(account: T): void {
    this.clear(account);
    this.records.delete(account.name);
  }

  /** Removes what an account holds. */
  protected abstract clear(account: T): void;
}
