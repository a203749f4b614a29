import { matches } from "../../rule/glob";
import { roleDefinition } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

const granting = [
  "microsoft.authorization/roledefinitions/write",
  "microsoft.authorization/roleassignments/write",
  "microsoft.authorization/elevateaccess/action",
];

export const roleGrantsNoRights = rule({
  name: "custom-role-hands-out-no-rights",
  on: roleDefinition,
  what: "A custom role can write neither role definitions nor role assignments",
  why: "Its holder could give itself any other role.",
  fix: "take the action out, or list it in notActions",
  source: ["AZU-0052", "KICS 3fa5900f-9aac-4982-96b2-a6143d9c99fb", "KICS 8fa9ceea-881f-4ef0-b0b8-728f589699a7"],
  severity: "high",
  level: "mandatory",
  check(role, report) {
    for (const permission of role.items("permissions")) {
      const allowed = permission.texts("actions");
      const denied = permission.texts("notActions");
      const left = granting.filter(
        (action) => allowed.some((one) => matches(one, action)) && !denied.some((one) => matches(one, action)),
      );
      if (left.length > 0) report(`permissions.actions allows ${left.join(", ")}`);
    }
  },
});
