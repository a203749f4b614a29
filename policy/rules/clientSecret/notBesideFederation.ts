import { applicationKey } from "../../rule/identity";
import { applicationFederation, applicationPassword, flexibleFederation } from "../../rule/resourceTypes";
import { stackRule } from "../../rule/rule";

export const clientSecretNotBesideFederation = stackRule({
  name: "client-secret-not-beside-federation",
  what: "An application with a federated credential has no client secret",
  why: "The secret is a second way to sign in, which federation is meant to replace.",
  fix: "take the ApplicationPassword out",
  source: ["MCSB IM-8"],
  severity: "high",
  level: "mandatory",
  check(stack) {
    const federated = new Set(stack.resources(applicationFederation, flexibleFederation).map(applicationKey));
    for (const secret of stack.resources(applicationPassword)) {
      const key = applicationKey(secret);
      if (key !== undefined && federated.has(key)) secret.report("its application also has a federated credential");
    }
  },
});
