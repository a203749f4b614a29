import { applicationKey } from "../../rule/identity";
import { applicationFederation } from "../../rule/resourceTypes";
import { stackRule } from "../../rule/rule";

/** Microsoft Entra ID refuses a twenty-first. */
const most = 20;

export const federationLimits = stackRule({
  name: "federated-credentials-distinct",
  what: "An application's federated credentials are 20 at most, and differ in issuer or subject",
  why: "Microsoft Entra ID refuses more, and refuses two alike.",
  fix: "take the extra credential out",
  source: ["azure-workload-identity issues 434 and 575"],
  severity: "medium",
  level: "mandatory",
  check(stack) {
    const seen = new Map<string, Set<string>>();
    for (const credential of stack.resources(applicationFederation)) {
      const key = applicationKey(credential);
      if (key === undefined) continue;
      const known = seen.get(key) ?? new Set<string>();
      const pair =
        credential.pending("subject") || credential.pending("issuer")
          ? credential.urn
          : `${credential.text("issuer") ?? ""} ${credential.text("subject") ?? ""}`;
      if (known.has(pair)) credential.report("another credential of its application has the same issuer and subject");
      seen.set(key, known.add(pair));
      if (known.size === most + 1) credential.report(`it is number ${most + 1} of its application`);
    }
  },
});
