import { privateEndpoint, vault } from "../../rule/resourceTypes";
import { stackRule } from "../../rule/rule";

export const vaultPrivateEndpoint = stackRule({
  name: "vault-private-endpoint",
  what: "A key vault is reached through a private endpoint",
  why: "Its public endpoint can then be closed.",
  fix: "add a network.PrivateEndpoint for the vault, and set publicNetworkAccess to disabled",
  setting: "vault.privateEndpoint",
  source: [
    "CKV2_AZURE_32",
    "Azure Policy a6abeaec-4d90-4a02-805f-6b26c4d3fbe9",
    "Azure Policy 405c5871-3e91-4644-8a63-58e19d68ff5b",
  ],
  severity: "low",
  level: "advisory",
  check(stack) {
    const endpoints = stack.resources(privateEndpoint);
    const reached = new Set(endpoints.flatMap((endpoint) => endpoint.origins(vault)).map(({ urn }) => urn));
    for (const one of stack.resources(vault)) if (!reached.has(one.urn)) one.report("no private endpoint leads to it");
  },
});
