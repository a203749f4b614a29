import { applicationKey } from "../../rule/identity";
import { applicationPassword, vaultSecret } from "../../rule/resourceTypes";
import { stackRule } from "../../rule/rule";

export const clientSecretKeptInVault = stackRule({
  name: "client-secret-kept-in-vault",
  what: "An application's client secret is kept in a key vault",
  why: "Otherwise it is read from the state or an output, where no log says by whom.",
  fix: "declare a keyvault.Secret that holds the ApplicationPassword's value",
  source: ["MCSB IM-8"],
  severity: "high",
  level: "mandatory",
  check(stack) {
    const kept = new Set(
      stack.resources(vaultSecret).flatMap((secret) => secret.origins(applicationPassword).map(applicationKey)),
    );
    for (const secret of stack.resources(applicationPassword)) {
      const key = applicationKey(secret);
      if (key !== undefined && !kept.has(key)) secret.report("no secret in a key vault holds it");
    }
  },
});
