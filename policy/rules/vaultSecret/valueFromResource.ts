import { vaultSecret } from "../../rule/resourceTypes";
import { stackRule } from "../../rule/rule";

export const secretValueFromResource = stackRule({
  name: "secret-value-from-resource",
  what: "A secret's value comes from a resource of the program",
  why: "A value that a person typed was in an editor, a shell history or a pull request before.",
  fix: "take the value from the resource that makes it, such as an ApplicationPassword",
  source: ["KICS 4d2cf896-c053-4be5-9c95-8b4771112f29", "MCSB IM-8"],
  severity: "medium",
  level: "advisory",
  check(stack) {
    for (const secret of stack.resources(vaultSecret)) {
      if (secret.has("properties.value") && secret.sources("properties").length === 0)
        secret.report("properties.value comes from no resource of the program");
    }
  },
});
