import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { engineOfThisMachine } from "../../../local/engine/ensureEngine";
import { projectRoot } from "../../../local/stateDirectory";
import { previewOfProduction } from "../../../tools/review/production/productionPreview";
import { familyOf } from "../../engine/support/processes";
import { run } from "../../support/command";

jest.setTimeout(120_000);

const stack = "organization/still/dev";
const inherited = { ...process.env };
let directory: string;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "still-"));
  symlinkSync(join(projectRoot, "node_modules"), join(directory, "node_modules"));
  writeFileSync(join(directory, "package.json"), "{}");
  writeFileSync(
    join(directory, "Pulumi.yaml"),
    "name: still\nruntime: { name: still, options: { typescript: false } }\n",
  );
  // A timer keeps it alive, and nothing settles what it waits for.
  writeFileSync(
    join(directory, "index.js"),
    "setInterval(() => 0, 1000);\nmodule.exports = () => new Promise(() => 0);\n",
  );
  const { command } = await engineOfThisMachine(process.env, () => undefined);
  // By a name of its own, because the policy pack asks the host of Node.js for more than this one does.
  const host = join(projectRoot, "tests", "infra", "support", "nodejsHost", "pulumi-language-nodejs");
  symlinkSync(host, join(directory, "pulumi-language-still"));
  const variables = {
    PATH: [directory, dirname(command), process.env["PATH"] ?? ""].join(delimiter),
    PULUMI_HOME: join(directory, "home"),
    PULUMI_BACKEND_URL: `file://${directory}`,
    PULUMI_CONFIG_PASSPHRASE: "a passphrase of a test",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
  Object.assign(process.env, variables);
  const made = await run(command, ["stack", "init", stack, "--cwd", directory, "--non-interactive"], variables);
  expect(made).toMatchObject({ code: 0 });
});

afterAll(() => {
  for (const name of Object.keys(process.env)) if (!(name in inherited)) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, inherited);
  rmSync(directory, { recursive: true, force: true });
});

it("ends a review of production whose program waits for what never comes, with the engine and the program", async () => {
  const request = { stack, project: directory, policyConfig: undefined, progress: () => undefined };
  const { failure, plan } = await previewOfProduction(request, { longestStill: 3_000 });
  expect(failure).toMatch(/^The program has not ended, and for 0\.05 minutes it has begun nothing/);
  expect(plan).toBeUndefined();
  // Of every process, because one that its parent has left behind has another.
  expect(familyOf(1).filter(({ command }) => command.includes(directory))).toEqual([]);
});
