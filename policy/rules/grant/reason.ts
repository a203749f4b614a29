import { dangerousPermissions, sensitivePermissions } from "../../reference/graphPermissions";
import { grantedApplication } from "../../rule/identity";
import { appRoleAssignment } from "../../rule/resourceTypes";
import { stackRule } from "../../rule/rule";
import { textByName } from "../../rule/settings";

const settings = {
  reasons: textByName("A reason for each permission, by its name."),
};

export const grantReason = stackRule({
  name: "grant-has-reason",
  what: "A far-reaching permission is granted with a reason",
  why: "A later reviewer has to know whether it is still needed.",
  fix: "write the permission's name and why it is needed into the application's notes (notes of a daemon in this project's stack), or into the rule's setting reasons",
  source: ["SCuBA risky permissions: High, in part", "azure-tiering tier 1, in part"],
  severity: "high",
  level: "mandatory",
  settings,
  check(stack, { reasons }) {
    const farReaching = new Map([...sensitivePermissions, ...dangerousPermissions].map(([name, id]) => [id, name]));
    for (const grant of stack.resources(appRoleAssignment)) {
      if (grant.pending("appRoleId")) continue;
      const name = farReaching.get(grant.lower("appRoleId") ?? "");
      if (name === undefined || (reasons.get(name) ?? "").trim() !== "") continue;
      const application = grantedApplication(grant);
      const notes = application && !application.pending("notes") ? (application.text("notes") ?? "") : "";
      if (!notes.includes(name)) grant.report(`it grants ${name} without a reason`);
    }
  },
});
