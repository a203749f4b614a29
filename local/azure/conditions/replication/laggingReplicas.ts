import type { AccessControl } from "../../arm/authorization/accessControl";
import { createAccessControl } from "../../arm/authorization/roleAssignments";
import type { Clock } from "../../clock";
import { Directory } from "../../entra/directory";
import type { Collections } from "../../store/store";
import type { Reader } from "./facts";
import type { ChangeHistory } from "./history";
import type { ReplicaChoice } from "./replicaChoice";
import type { AccessReader, DirectoryReader, Replicas, Whole } from "./replicas";
import { viewOf } from "./view";

/** Whose records are known by a host name of their own, by the rest of that name. */
const collectionsByDomain: Readonly<Record<string, string>> = {
  "vault.azure.net": "vaults",
  "dfs.core.windows.net": "storageAccounts",
  "blob.core.windows.net": "storageAccounts",
};

/** Replicas that get each change after a time of its own. */
export class LaggingReplicas implements Replicas {
  constructor(
    private readonly whole: Whole,
    private readonly clock: Clock,
    private readonly history: ChangeHistory,
    private readonly choice: ReplicaChoice,
  ) {}

  follow(): void {
    this.whole.store.follow((collection, key, before, after) => {
      this.history.record(collection, key, before, after);
    });
  }

  records(reader: Reader): Collections {
    return viewOf(this.whole.store, this.history, this.choice.next(reader));
  }

  directory(reader: DirectoryReader): Directory {
    return new Directory(this.records(reader), this.clock);
  }

  resolves(host: string): boolean {
    const [label = "", ...domain] = host.split(".");
    const collection = collectionsByDomain[domain.join(".")];
    return (
      collection === undefined ||
      !this.whole.store.collection(collection).has(label) ||
      this.records("names").collection(collection).has(label)
    );
  }

  access(reader: AccessReader): AccessControl {
    return createAccessControl(this.records(reader), this.clock);
  }
}
