import type { Clock } from "../clock";
import type { Collections } from "../store/store";
import { DirectoryObjects } from "./directoryObjects";
import { GroupMembership } from "./groupMembership";
import type { GroupRecord } from "./records";

/** The tenant's security groups. */
export class Groups {
  readonly membership: GroupMembership;
  private readonly records: DirectoryObjects<GroupRecord>;

  constructor(store: Collections, clock: Clock) {
    this.records = new DirectoryObjects(store.collection("entra.groups"), clock);
    this.membership = new GroupMembership(store);
  }

  get(id: string): GroupRecord | undefined {
    return this.records.get(id);
  }

  list(): readonly GroupRecord[] {
    return this.records.list();
  }

  put(group: GroupRecord): void {
    this.membership.changed(this.get(group.id), group);
    this.records.put(group);
  }

  /** A security group goes for good: it cannot be restored. It leaves the groups that it was in. */
  delete(group: GroupRecord): void {
    this.membership.changed(group, undefined);
    this.forget(group.id);
    this.records.purge(group);
  }

  /** Takes somebody who is deleted out of every group, as a member and as an owner. */
  forget(principalId: string): void {
    const kept = (ids: readonly string[]): string[] => ids.filter((id) => id !== principalId);
    for (const group of this.list()) {
      if (group.members.includes(principalId) || group.owners.includes(principalId)) {
        this.put({ ...group, members: kept(group.members), owners: kept(group.owners) });
      }
    }
  }
}
