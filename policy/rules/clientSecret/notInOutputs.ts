import { applicationPassword } from "../../rule/resourceTypes";
import { stackRule } from "../../rule/rule";

export const clientSecretNotInOutputs = stackRule({
  name: "client-secret-not-in-outputs",
  what: "No stack output holds a client secret",
  why: "Anyone who may read the stack's outputs could then sign in as the daemon.",
  fix: "give out the secret's URI in the key vault instead",
  source: ["MCSB IM-8"],
  severity: "high",
  level: "mandatory",
  check(stack) {
    const outputs = stack.outputs();
    if (!outputs) return;
    for (const secret of stack.resources(applicationPassword)) {
      const value = secret.pending("value") ? undefined : secret.text("value");
      if (value === undefined || value === "") continue;
      for (const name of outputs.namesHolding(value))
        outputs.report(`the output ${name} holds the value of ${secret.name}`);
    }
  },
});
