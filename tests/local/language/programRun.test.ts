import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { programProcess, type ProgramRun } from "../../../local/language/programRun";

const root = join(__dirname, "..", "..", "..");

const run: ProgramRun = {
  organization: "organization",
  project: "mailer",
  stack: "dev",
  rootDirectory: root,
  programDirectory: root,
  entryPoint: "index.ts",
  options: {},
  config: { "mailer:size": "3" },
  secretKeys: ["mailer:key"],
  dryRun: false,
  parallel: 0,
  monitor: "127.0.0.1:1",
  engine: "127.0.0.1:2",
  args: [],
};

it("starts the program with the SDK that it has installed, on the engine's addresses", () => {
  const { args, cwd } = programProcess(run);
  expect(cwd).toBe(root);
  expect(args).toEqual([
    join(root, "node_modules/@pulumi/pulumi/cmd/run/index.js"),
    ...["--monitor", "127.0.0.1:1", "--engine", "127.0.0.1:2"],
    ...["--organization", "organization", "--project", "mailer", "--stack", "dev"],
    ...["--root-directory", root, "--pwd", root],
    "index.ts",
  ]);
});

it("says that it is a preview, and how much may run side by side", () => {
  const { args } = programProcess({ ...run, dryRun: true, parallel: 4 });
  expect(args.slice(-4)).toEqual(["--parallel", "4", "--dry-run", "index.ts"]);
});

it("hands the configuration over in the environment, and names its secret keys", () => {
  const { variables } = programProcess(run);
  expect(JSON.parse(variables["PULUMI_CONFIG"] ?? "")).toEqual({ "mailer:size": "3" });
  expect(JSON.parse(variables["PULUMI_CONFIG_SECRET_KEYS"] ?? "")).toEqual(["mailer:key"]);
});

it.each([
  [{ nodeargs: "--require tsx/cjs  --no-warnings" }, ["--require", "tsx/cjs", "--no-warnings"]],
  [{ nodeargs: ["--require", "a b"] }, ["--require", "a b"]],
  [{}, []],
])("gives Node.js the arguments of Pulumi.yaml: %j", (options, expected) => {
  const { args } = programProcess({ ...run, options });
  expect(args.slice(0, expected.length + 1)).toEqual([...expected, expect.stringContaining("cmd/run")]);
});

it.each([
  [{}, "true"],
  [{ typescript: true }, "true"],
  [{ typescript: false }, "false"],
])("compiles TypeScript unless Pulumi.yaml says no: %j", (options, expected) => {
  expect(programProcess({ ...run, options }).variables["PULUMI_NODEJS_TYPESCRIPT"]).toBe(expected);
});

it("says what to do where the program has no SDK", () => {
  const empty = mkdtempSync(join(tmpdir(), "program-"));
  expect(() => programProcess({ ...run, programDirectory: empty })).toThrow(
    `${empty} has no @pulumi/pulumi. Run \`npm install\` there.`,
  );
  rmSync(empty, { recursive: true });
});
