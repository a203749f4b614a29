import { diagnosticSetting, workspace } from "../../rule/resourceTypes";
import { stackRule } from "../../rule/rule";

export const workspaceLog = stackRule({
  name: "workspace-log",
  what: "A machine learning workspace's logs are kept",
  why: "Otherwise nobody can say who ran what, and when.",
  fix: "add a monitor.DiagnosticSetting on the workspace",
  source: ["Azure Policy afe0c3be-ba3b-4544-ba52-0c99672a8ad6"],
  severity: "low",
  level: "advisory",
  check(stack) {
    const settings = stack.resources(diagnosticSetting);
    const logged = new Set(settings.flatMap((setting) => setting.origins(workspace)).map(({ urn }) => urn));
    for (const one of stack.resources(workspace))
      if (!logged.has(one.urn)) one.report("no diagnostic setting keeps its logs");
  },
});
