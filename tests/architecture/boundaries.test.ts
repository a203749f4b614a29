import { spawnSync } from "node:child_process";
import { join } from "node:path";

const root = join(__dirname, "..", "..");

interface LintResult {
  readonly messages: readonly { readonly ruleId: string | null; readonly message: string }[];
}

/** What the rule says of a file that holds one import. */
function lint(file: string, imported: string): string[] {
  const source = `import * as imported from "${imported}";\nexport { imported };\n`;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      "node_modules/eslint/bin/eslint.js",
      "--config",
      "eslint.boundaries.mjs",
      "--format",
      "json",
      "--stdin",
      "--stdin-filename",
      file,
    ],
    { cwd: root, encoding: "utf8", input: source },
  );
  if (!stdout.startsWith("[")) {
    throw new Error(`eslint did not run: ${stderr}`);
  }
  const results = JSON.parse(stdout) as readonly LintResult[];
  return results.flatMap(({ messages }) => messages.map(({ message }) => message));
}

describe("the lint rule on packages", () => {
  it.each([
    ["components/probe.ts", "../infra/config", "components must not import infra"],
    ["components/probe.ts", "../local/azure/clock", "components must not import local"],
    ["components/probe.ts", "../tools/verify/target", "components must not import tools"],
    ["infra/probe.ts", "../local/azure/clock", "infra must not import local"],
    ["infra/probe.ts", "../tools/doctor/command", "infra must not import tools"],
    ["policy/probe.ts", "../tools/review/command", "policy must not import tools"],
    ["policy/probe.ts", "../components/index", "policy must not import components"],
    ["tools/verify/probe.ts", "../../local/azure/clock", "tools must not import local"],
    ["tools/doctor/probe.ts", "../../infra/program", "tools must not import infra"],
    ["tools/review/probe.ts", "../../local/stack/drivenStack", "tools must not import local"],
    ["local/probe.ts", "../components/index", "local must not import components"],
    ["local/probe.ts", "../examples/clients/runner/catalogue", "local must not import clients"],
    ["examples/clients/runner/probe.ts", "../../../infra/program", "clients must not import infra"],
    ["examples/consumers/probe.ts", "../../local/azure/clock", "examples must not import local"],
  ])("refuses that %s imports %s", (file, imported, reason) => {
    expect(lint(file, imported)).toEqual([`Imports go one way: ${reason} (docs/explanation/architecture.md).`]);
  });

  it.each([
    ["infra/probe.ts", "../components/index"],
    ["local/probe.ts", "../infra/program"],
    ["tools/review/probe.ts", "../../policy/index"],
    ["components/probe.ts", "./principal"],
    ["tools/credentials/probe.ts", "../verify/target"],
    ["examples/clients/runner/probe.ts", "../../../local/azure/localAzure"],
    ["local/review/probe.ts", "../../tools/review/command"],
  ])("lets %s import %s", (file, imported) => {
    expect(lint(file, imported)).toEqual([]);
  });
});
