import type { Collection, Collections } from "../store/store";
import type { GroupRecord } from "./records";

/** Which groups somebody is in, kept so that a question about access costs no search. IDs compare in any letter case. */
export class GroupMembership {
  private readonly groupsByMember: Collection<readonly string[]>;

  constructor(store: Collections) {
    this.groupsByMember = store.collection("entra.groupsByMember");
  }

  /** The groups that somebody is in without another group between. */
  directGroupsOf(memberId: string): readonly string[] {
    return this.groupsByMember.get(memberId.toLowerCase()) ?? [];
  }

  /** Every group that somebody is in, groups in groups included, each once. */
  groupsOf(memberId: string): readonly string[] {
    return this.principalsOf(memberId).slice(1);
  }

  /** Somebody, and every group that they are in: whoever a role may be assigned to, to reach them. In lower case. */
  principalsOf(principalId: string): readonly string[] {
    const found = [principalId.toLowerCase()];
    for (const id of found) {
      found.push(...this.directGroupsOf(id).filter((group) => !found.includes(group)));
    }
    return found;
  }

  /** Takes over a group's members. */
  changed(before: GroupRecord | undefined, after: GroupRecord | undefined): void {
    const [was, is] = [before?.members ?? [], after?.members ?? []];
    const group = before?.id ?? after?.id ?? "";
    for (const member of was.filter((id) => !is.includes(id))) {
      this.set(
        member,
        this.directGroupsOf(member).filter((id) => id !== group),
      );
    }
    for (const member of is.filter((id) => !was.includes(id))) {
      this.set(member, [...this.directGroupsOf(member), group]);
    }
  }

  private set(member: string, groups: readonly string[]): void {
    if (groups.length === 0) {
      this.groupsByMember.delete(member);
    } else {
      this.groupsByMember.set(member, groups);
    }
  }
}
