import { spawnSync } from "node:child_process";
import { join } from "node:path";

const root = join(__dirname, "..", "..");

interface LintResult {
  readonly messages: readonly { readonly ruleId: string | null; readonly message: string }[];
}

/** What the room rule says of a file that holds one import. */
function lint(file: string, imported: string): string[] {
  const source = `import * as imported from "${imported}";\nexport { imported };\n`;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      "node_modules/eslint/bin/eslint.js",
      "--config",
      "eslint.rooms.mjs",
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

describe("the lint rule on rooms", () => {
  it.each([
    ["components/probe.ts", "../infra/config", "components must not import infra"],
    ["components/probe.ts", "../local/azure/clock", "components must not import local"],
    ["infra/probe.ts", "../local/azure/clock", "infra must not import local"],
    ["verify/probe.ts", "../components/index", "verify must not import components"],
    ["verify/probe.ts", "../credentials/outcome", "verify must not import credentials"],
    ["credentials/probe.ts", "../local/azure/clock", "credentials must not import local"],
    ["local/probe.ts", "../components/index", "local must not import components"],
    ["review/probe.ts", "../local/stack/drivenStack", "review must not import local"],
    ["doctor/probe.ts", "../local/azure/clock", "doctor must not import local"],
    ["infra/probe.ts", "../doctor/commandLine", "infra must not import doctor"],
    ["policy/probe.ts", "../review/commandLine", "policy must not import review"],
    ["local/probe.ts", "../clients/catalogue", "local must not import clients"],
    ["clients/probe.ts", "../infra/program", "clients must not import infra"],
  ])("refuses that %s imports %s", (file, imported, reason) => {
    expect(lint(file, imported)).toEqual([`Imports go one way: ${reason} (docs/architecture.md).`]);
  });

  it.each([
    ["infra/probe.ts", "../components/index"],
    ["local/probe.ts", "../infra/program"],
    ["doctor/probe.ts", "../infra/program"],
    ["components/probe.ts", "./principal"],
    ["credentials/probe.ts", "../verify/target"],
    ["clients/probe.ts", "../local/azure/localAzure"],
    ["local/review/probe.ts", "../../review/commandLine"],
  ])("lets %s import %s", (file, imported) => {
    expect(lint(file, imported)).toEqual([]);
  });
});
