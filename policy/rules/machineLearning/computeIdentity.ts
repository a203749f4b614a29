import { compute } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const computeIdentity = rule({
  name: "compute-user-assigned-identity",
  on: compute,
  what: "Jobs on a machine learning compute work as an identity that was made for them",
  why: "Without one they run as the user who submits them, or with keys.",
  fix: "set identity.type to UserAssigned and name the identity in identity.userAssignedIdentities",
  source: ["MCSB IM-3"],
  severity: "medium",
  level: "advisory",
  check(compute, report) {
    if (!(compute.text("identity.type") ?? "").includes("UserAssigned")) report("it has no user-assigned identity");
  },
});
