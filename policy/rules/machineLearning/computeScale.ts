import { compute } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const computeScale = rule({
  name: "compute-scales-to-zero",
  on: compute,
  what: "A machine learning cluster has no nodes without work",
  why: "An idle node costs as much as a busy one, and can be attacked.",
  fix: "set properties.properties.scaleSettings.minNodeCount to 0",
  source: ["CKV_AZURE_150"],
  severity: "low",
  level: "advisory",
  check(compute, report) {
    const least = compute.number("properties.properties.scaleSettings.minNodeCount") ?? 0;
    if (least > 0) report(`properties.properties.scaleSettings.minNodeCount is ${least}`);
  },
});
