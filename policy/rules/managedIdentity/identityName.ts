import { userAssignedIdentity } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const identityNameValid = rule({
  name: "identity-name",
  on: userAssignedIdentity,
  what: "A managed identity's name is one that Azure takes",
  why: "Azure refuses it only in the middle of the deployment.",
  fix: "use 3 to 128 letters, digits, hyphens and underscores, with a letter or digit first",
  source: ["AZR-000117"],
  severity: "medium",
  level: "mandatory",
  check(identity, report) {
    if (!identity.has("resourceName") || identity.pending("resourceName")) return;
    const name = identity.text("resourceName") ?? "";
    if (!/^[A-Za-z0-9][A-Za-z0-9_-]{2,127}$/.test(name)) report(`resourceName is "${name}"`);
  },
});
