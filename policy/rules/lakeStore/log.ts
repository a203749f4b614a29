import { diagnosticSetting, lakeStoreAccount } from "../../rule/resourceTypes";
import { stackRule } from "../../rule/rule";

export const lakeStoreLog = stackRule({
  name: "lake-store-log",
  what: "A Data Lake Store account's logs are kept",
  why: "Otherwise nobody can say who read the data, and when.",
  fix: "add a monitor.DiagnosticSetting on the account",
  source: ["Azure Policy 057ef27e-665e-4328-8ea3-04b3122bd9fb"],
  severity: "low",
  level: "advisory",
  check(stack) {
    const settings = stack.resources(diagnosticSetting);
    const logged = new Set(settings.flatMap((setting) => setting.origins(lakeStoreAccount)).map(({ urn }) => urn));
    for (const one of stack.resources(lakeStoreAccount))
      if (!logged.has(one.urn)) one.report("no diagnostic setting keeps its logs");
  },
});
