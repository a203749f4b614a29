import { roleDefinition } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const preferBuiltInRole = rule({
  name: "custom-role-reviewed",
  on: roleDefinition,
  what: "Built-in roles come before custom ones",
  why: "A custom role is reviewed by nobody but its author, and does not follow Azure's changes.",
  fix: "give a built-in role, or waive this rule with the reason why none fits",
  source: ["Azure Policy a451c1ef-c6ca-483d-87ed-f49761e3ffb5"],
  severity: "low",
  level: "advisory",
  check(_role, report) {
    report("it is a custom role");
  },
});
