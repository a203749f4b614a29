import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../../../local/stateDirectory";
import { run } from "../../support/command";

let project: string;

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), "refusal-"));
  copyFileSync(join(projectRoot, "Pulumi.yaml"), join(project, "Pulumi.yaml"));
});

afterAll(() => {
  rmSync(project, { recursive: true, force: true });
});

/** Doctor's own process on a project elsewhere: it hears what nothing in the program catches. */
const doctor = `
const { run } = require("./tools/doctor/run");
const print = { out: (text) => process.stdout.write(text), err: (text) => process.stderr.write(text) };
const asked = { stack: "dev", task: "rights", scope: true, operations: ["up"], json: false, callSeconds: 5 };
run(asked, process.argv[1], print, process.env).then(
  () => { process.exitCode = 0; },
  (error) => { print.err(error.name + ": " + error.message + "\\n"); process.exitCode = 2; },
);`;

it("tells a refusal that the program comes to late, as a refusal and not as an object of Node.js", async () => {
  const vaultId =
    "/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv-other";
  const settings = readFileSync(join(projectRoot, "Pulumi.dev.yaml"), "utf8");
  writeFileSync(
    join(project, "Pulumi.dev.yaml"),
    settings.replace(/vault:\n.*\n.*\n/, `vault:\n    existing:\n      vaultId: ${vaultId}\n`),
  );
  const { code, stdout, stderr } = await run(process.execPath, ["-r", "tsx/cjs", "-e", doctor, project], {});
  expect(stderr).toMatch(
    /^UsageError: The program of stack dev fails before anything is deployed:\nDaemon "forecast-loader" cannot take its arguments:\n {2}vault\.\S+: got "\/subscriptions\/11111111-/,
  );
  expect(stderr).not.toMatch(/<ref \*|^\s+at |__pulumi/m);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
});
