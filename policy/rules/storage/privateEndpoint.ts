import { privateEndpoint, storageAccount } from "../../rule/resourceTypes";
import { stackRule } from "../../rule/rule";

export const storagePrivateEndpoint = stackRule({
  name: "storage-private-endpoint",
  what: "A storage account is reached through a private endpoint",
  why: "Its public endpoint can then be closed.",
  fix: "add network.PrivateEndpoints for the groups dfs and blob, and set publicNetworkAccess to Disabled",
  setting: "lake.privateEndpoint",
  source: [
    "CKV_AZURE_59",
    "CKV2_AZURE_33",
    "Azure Policy b2982f36-99f2-4db5-8eff-283140c09693",
    "Azure Policy 6edd7eda-6dd8-40f7-810d-67160c639cd9",
  ],
  severity: "low",
  level: "advisory",
  check(stack) {
    const endpoints = stack.resources(privateEndpoint);
    const reached = new Set(endpoints.flatMap((endpoint) => endpoint.origins(storageAccount)).map(({ urn }) => urn));
    for (const account of stack.resources(storageAccount))
      if (!reached.has(account.urn)) account.report("no private endpoint leads to it");
  },
});
