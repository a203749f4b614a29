import { userReadAll } from "../../reference/graphPermissions";
import { appRoleAssignment } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const grantNarrowerUsers = rule({
  name: "grant-narrower-users",
  on: appRoleAssignment,
  what: "Names and addresses are read with User.ReadBasic.All",
  why: "User.Read.All reads the whole profile of everyone, telephone and manager too.",
  fix: "grant User.ReadBasic.All where it is enough",
  setting: "daemons[].graph.permissions",
  source: ["SCuBA risky permissions: High", "azure-tiering tier 2"],
  severity: "low",
  level: "advisory",
  check(grant, report) {
    if (grant.lower("appRoleId") === userReadAll) report("it grants User.Read.All");
  },
});
