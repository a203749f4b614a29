import { compute } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const computeSignIn = rule({
  name: "compute-no-sign-in",
  on: compute,
  what: "Nobody signs in to the nodes of a machine learning compute",
  why: "A node has the rights of the compute's identity, and so has everyone who is signed in to it.",
  fix: 'set properties.disableLocalAuth to true and properties.properties.remoteLoginPortPublicAccess to "Disabled"',
  source: ["CKV_AZURE_142", "AZR-000404"],
  severity: "high",
  level: "mandatory",
  check(compute, report) {
    if (compute.flag("properties.disableLocalAuth") !== true) report("properties.disableLocalAuth is not true");
    if (compute.text("properties.computeType") !== "AmlCompute") return;
    if (compute.text("properties.properties.remoteLoginPortPublicAccess") !== "Disabled")
      report("properties.properties.remoteLoginPortPublicAccess is not Disabled");
  },
});
