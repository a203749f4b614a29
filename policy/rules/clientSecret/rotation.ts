import { applicationPassword } from "../../rule/resourceTypes";
import { stackRule } from "../../rule/rule";

export const clientSecretRotation = stackRule({
  name: "client-secret-rotates",
  what: "A client secret is replaced by something that changes",
  why: "Otherwise each replacement needs a manual change to the program.",
  fix: "set rotateWhenChanged, or declare a secret for each generation and name it by its number",
  source: ["cdk-nag SecretsManagerRotationEnabled, by analogy"],
  severity: "low",
  level: "advisory",
  check(stack) {
    for (const secret of stack.resources(applicationPassword)) {
      if (secret.has("rotateWhenChanged") || /generation[-.]?\d+/.test(secret.name)) continue;
      secret.report("neither rotateWhenChanged nor its name says which generation it is");
    }
  },
});
