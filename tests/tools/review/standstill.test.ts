import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { engineOfThisMachine } from "../../../local/engine/ensureEngine";
import { projectRoot } from "../../../local/stateDirectory";
import { previewOfProduction } from "../../../tools/review/production/productionPreview";
import { familyOf } from "../../engine/support/processes";
import { run } from "../../support/command";

jest.setTimeout(120_000);

const inherited = { ...process.env };
let directory: string;
let pulumi: string;
let variables: Record<string, string>;

/** Processes of the directory. Of every process, because one that its parent has left behind has another. */
const left = () => familyOf(1).filter(({ command }) => command.includes(directory));

/** Makes a project with a stack. */
async function project(name: string, program: string): Promise<{ readonly stack: string; readonly project: string }> {
  const stack = `organization/${name}/dev`;
  const path = join(directory, name);
  mkdirSync(path);
  symlinkSync(join(projectRoot, "node_modules"), join(path, "node_modules"));
  writeFileSync(join(path, "package.json"), "{}");
  writeFileSync(join(path, "Pulumi.yaml"), `name: ${name}\nruntime: { name: still, options: { typescript: false } }\n`);
  writeFileSync(join(path, "index.js"), program);
  const made = await run(pulumi, ["stack", "init", stack, "--cwd", path, "--non-interactive"], variables);
  expect(made).toMatchObject({ code: 0 });
  return { stack, project: path };
}

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "still-"));
  pulumi = (await engineOfThisMachine(process.env, () => undefined)).command;
  // By a name of its own, because the policy pack asks the host of Node.js for more than this one does.
  const host = join(projectRoot, "tests", "infra", "support", "nodejsHost", "pulumi-language-nodejs");
  symlinkSync(host, join(directory, "pulumi-language-still"));
  // A copy, so that its process bears the directory's name. Its packages are found beside it.
  symlinkSync(join(projectRoot, "node_modules"), join(directory, "node_modules"));
  const silent = "pulumi-resource-silent";
  cpSync(join(projectRoot, "tests", "tools", "review", "support", silent), join(directory, silent));
  variables = {
    PATH: [directory, dirname(pulumi), process.env["PATH"] ?? ""].join(delimiter),
    PULUMI_HOME: join(directory, "home"),
    PULUMI_BACKEND_URL: `file://${directory}`,
    PULUMI_CONFIG_PASSPHRASE: "a passphrase of a test",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
  Object.assign(process.env, variables);
});

afterAll(() => {
  for (const name of Object.keys(process.env)) if (!(name in inherited)) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, inherited);
  rmSync(directory, { recursive: true, force: true });
});

it("ends a review of production whose program waits for what never comes, with the engine and the program", async () => {
  // A timer keeps it alive, and nothing settles what it waits for.
  const made = await project("still", "setInterval(() => 0, 1000);\nmodule.exports = () => new Promise(() => 0);\n");
  const request = { ...made, policyConfig: undefined, progress: () => undefined };
  const { failure, plan } = await previewOfProduction(request, { longestStill: 3_000 });
  expect(failure).toMatch(/^The program has not ended, and for 0\.05 minutes it has registered nothing/);
  expect(plan).toBeUndefined();
  expect(left()).toEqual([]);
});

it.each([
  ["the inputs of a resource", "Thing", /^The program has not ended, and for 0\.05 minutes it has registered nothing/],
  [
    "for its creation",
    "Accepted",
    /^The preview has not ended, .* The stack needs these resources: urn:\S+:Accepted::thing\.$/,
  ],
])(
  "ends one whose provider, asked %s, never answers and heeds no signal, with all that it has started",
  async (_, type, told) => {
    const program = `const { CustomResource } = require("@pulumi/pulumi");\nnew CustomResource("silent:index:${type}", "thing", {});\n`;
    const request = {
      ...(await project(type.toLowerCase(), program)),
      policyConfig: undefined,
      progress: () => undefined,
    };
    const { failure } = await previewOfProduction(request, { longestStill: 3_000, patience: 500 });
    expect(failure).toMatch(told);
    expect(left()).toEqual([]);
  },
);
