import { roleAssignment } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";
import { texts } from "../../rule/settings";

const settings = {
  kinds: texts(["ServicePrincipal"], "The kinds of principal that may be given a role here."),
};

export const noPeople = rule({
  name: "role-not-for-people",
  on: roleAssignment,
  what: "A daemon's program gives no roles to people",
  why: "Their rights belong in access reviews and time-bound roles, not in a daemon's stack.",
  fix: "give people their roles elsewhere, or add the kind to the setting kinds",
  source: ["KICS 2bc626a8-0751-446f-975d-8139214fc790, for guests", "AZR-000203"],
  severity: "medium",
  level: "advisory",
  settings,
  check(assignment, report, { kinds }) {
    if (assignment.pending("principalType")) return;
    const kind = assignment.text("principalType");
    if (kind !== undefined && !kinds.includes(kind)) report(`principalType is ${kind}`);
  },
});
