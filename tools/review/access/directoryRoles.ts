import { privilegedDirectoryRoles } from "../../../policy/reference/directoryRoles";
import { directoryRoleAssignment } from "../../../policy/rule/resourceTypes";
import type { Estate } from "../estate/estate";
import type { Parties } from "../estate/parties";
import { isOf } from "../estate/resource";
import type { Grant } from "./grant";

/** Microsoft Entra roles. */
export function directoryRoleGrants({ resources }: Estate, parties: Parties): Grant[] {
  return resources
    .filter((each) => isOf(each, directoryRoleAssignment))
    .map((each) => {
      const id = each.inputs.lower("roleId");
      const privileged = id === undefined ? undefined : privilegedDirectoryRoles.get(id);
      return {
        kind: "directory-role",
        by: each,
        holder: parties.named(each, "principalObjectId"),
        to: { key: "directory", name: "the tenant's directory", kind: "directory" },
        what: privileged ?? (id === undefined ? "a role that is known after the update" : `role ${id}`),
        ...(privileged !== undefined && { weight: "privileged" as const }),
      };
    });
}
