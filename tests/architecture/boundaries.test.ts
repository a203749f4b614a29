import { spawnSync } from "node:child_process";
import { join } from "node:path";

const root = join(__dirname, "..", "..");

/** A file of one import, and why it is refused. */
type Refused = readonly [file: string, imported: string, reason: string];

const refused: readonly Refused[] = [
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
];

const allowed: readonly (readonly [file: string, imported: string])[] = [
  ["infra/probe.ts", "../components/index"],
  ["local/probe.ts", "../infra/program"],
  ["tools/review/probe.ts", "../../policy/index"],
  ["components/probe.ts", "./principal"],
  ["tools/credentials/probe.ts", "../verify/target"],
  ["examples/clients/runner/probe.ts", "../../../local/azure/localAzure"],
  ["local/review/probe.ts", "../../tools/review/command"],
];

const keyOf = (file: string, imported: string): string => `${file} ${imported}`;
/** What the rule says of each file, by file and import. */
let said: ReadonlyMap<string, readonly string[]>;

beforeAll(() => {
  const files = [...refused, ...allowed];
  const probes = files.map(([file, imported]) => ({
    file,
    source: `import * as imported from "${imported}";\nexport { imported };\n`,
  }));
  const lint = join(__dirname, "support", "lintProbes.mjs");
  const { stdout, stderr } = spawnSync(process.execPath, [lint], {
    cwd: root,
    encoding: "utf8",
    input: JSON.stringify(probes),
  });
  if (!stdout.startsWith("[")) throw new Error(`eslint did not run: ${stderr}`);
  const messages = JSON.parse(stdout) as readonly (readonly string[])[];
  said = new Map(files.map(([file, imported], index) => [keyOf(file, imported), messages[index] ?? []]));
});

describe("the lint rule on packages", () => {
  it.each(refused)("refuses that %s imports %s", (file, imported, reason) => {
    expect(said.get(keyOf(file, imported))).toEqual([
      `Imports go one way: ${reason} (docs/explanation/architecture.md).`,
    ]);
  });

  it.each(allowed)("lets %s import %s", (file, imported) => {
    expect(said.get(keyOf(file, imported))).toEqual([]);
  });
});
