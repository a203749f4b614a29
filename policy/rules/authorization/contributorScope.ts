import { contributor, roleId } from "../../reference/azureRoles";
import { roleAssignment } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

const resourceGroup = /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/?$/i;
const wider = /^\/$|^\/subscriptions\/[^/]+\/?$|^\/providers\/Microsoft\.Management\//i;

export const contributorScope = rule({
  name: "role-contributor-at-resource-only",
  on: roleAssignment,
  what: "Contributor is given on a single resource at most",
  why: "Its holder can change and delete every resource in its scope, including later ones.",
  fix: "give a role on the data, or Contributor on the one resource that needs it",
  source: ["azure-tiering tier 0"],
  severity: "high",
  level: "mandatory",
  check(assignment, report) {
    if (roleId(assignment.text("roleDefinitionId") ?? "") !== contributor || assignment.pending("scope")) return;
    const scope = assignment.text("scope") ?? "/";
    if (wider.test(scope)) report(`it gives Contributor over ${scope}`);
    else if (resourceGroup.test(scope)) report({ problem: `it gives Contributor over ${scope}`, level: "advisory" });
  },
});
