import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { accessReportJsonSchema, accessReportSchema } from "../../../tools/report/model/schema";
import { runTool } from "../cli/runTool";
import { application, vault } from "../review/support/daemon";
import { marked, policyEvent, previewed } from "../review/support/events";
import { daemonResources, exportedState, reader, sharedResources, stateOf } from "./support/exportedState";

let directory: string;
let state: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "report-"));
  state = join(directory, "state.json");
  writeFileSync(state, stateOf(2));
  writeFileSync(join(directory, "Pulumi.yaml"), "name: daemons\nruntime: nodejs\n");
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

const page = (): string => readFileSync(join(directory, "access-report.html"), "utf8");
const run = (...args: string[]) => runTool(["report", "--cwd", directory, "--as-of", "2030-04-05T00:00:00Z", ...args]);

it("writes a page of an exported state, and says what it holds", async () => {
  const { code, stdout } = await run("--state-file", state);
  expect(stdout).toContain("daemons/dev: 2 daemons, 8 grants, 4 credentials.\n1 consent pending.");
  expect(stdout).toContain("access-report.html");
  expect(page()).toMatch(/^<!doctype html>/);
  expect(code).toBe(0);
});

it("prints the documented data, of several stacks too", async () => {
  const other = join(directory, "other.json");
  writeFileSync(other, exportedState("team", daemonResources("team", "mailer")));
  const { stdout } = await run("--state-file", state, "--state-file", other, "--json");
  const { parties, stacks } = accessReportSchema.parse(JSON.parse(stdout));
  expect(stacks).toEqual([
    { id: "daemons/dev", from: "state", resources: 22 },
    { id: "daemons/team", from: "state", resources: 7 },
  ]);
  expect(parties.filter(({ daemon }) => daemon !== undefined).map(({ daemon }) => daemon)).toEqual([
    "loader-0",
    "loader-1",
    "mailer",
  ]);
});

it("previews where it is asked to, with what the policies found", async () => {
  const kv = vault();
  const found = policyEvent(
    "vault-audit-log",
    "A key vault's audit log is kept\nnone is. Fix: set vault.diagnostics.",
    kv,
  );
  const preview = () => Promise.resolve(previewed([application(["User.Read.All"]), kv], found));
  const { stdout } = await runTool(["report", "--cwd", directory, "--stack", "dev", "--preview", "--json"], {
    preview,
  });
  const { policies, reviews, stacks } = accessReportSchema.parse(JSON.parse(stdout));
  expect(stacks).toMatchObject([{ id: "daemons/dev", from: "preview" }]);
  expect(policies).toEqual([
    {
      stack: "daemons/dev",
      rule: "vault-audit-log",
      what: "A key vault's audit log is kept",
      level: "advisory",
      fix: "set vault.diagnostics.",
      findings: [{ resource: "kv-daemons", problem: "none is" }],
    },
  ]);
  expect(reviews).toHaveLength(1);
});

it("shows names in place of IDs, and a verify run, where they are handed in", async () => {
  const [names, verify] = [join(directory, "names.json"), join(directory, "verify.json")];
  writeFileSync(names, JSON.stringify({ [reader.toUpperCase()]: "Forecast service" }));
  const check = {
    daemon: "loader-0",
    check: "signIn",
    what: "sign in to Entra ID",
    result: "failed",
    ms: 3,
    reason: { status: 401, code: "invalid_client", message: "ended" },
    remedy: "Run up.",
  };
  writeFileSync(verify, JSON.stringify({ version: 1, vault: "https://kv", ok: false, counts: {}, checks: [check] }));
  const { stdout } = await run("--state-file", state, "--names-file", names, "--verify-file", verify, "--json");
  const report = accessReportSchema.parse(JSON.parse(stdout));
  expect(report.parties.find(({ azureId }) => azureId === reader)).toMatchObject({ displayName: "Forecast service" });
  expect(report.verify?.checks[0]).toMatchObject({
    result: "failed",
    reason: "401 invalid_client: ended",
    remedy: "Run up.",
  });
});

it("shows the waivers that components declare, with what they are for and whether they hold", async () => {
  const waiver = { rule: "client-secret-last-resort", reason: "moves to federation" };
  const waivers = [
    { ...waiver, expires: "2030-04-10" },
    { ...waiver, resource: "loader-generation-*", expires: "2030-01-31" },
  ];
  const [component, ...children] = daemonResources("dev", "loader");
  const declared = { ...component, inputs: { waivers } } as (typeof children)[number];
  writeFileSync(state, exportedState("dev", [...sharedResources("dev"), declared, ...children]));
  const { stdout } = await run("--state-file", state, "--json");
  const told = { stack: "daemons/dev", ...waiver };
  expect(accessReportSchema.parse(JSON.parse(stdout)).timeline.waivers).toEqual([
    { ...told, resource: "loader/*", expires: "2030-04-10", state: "ends soon" },
    { ...told, resource: "loader/loader-generation-*", expires: "2030-01-31", state: "ended" },
  ]);
});

it.each([
  [[], "Name what the report is about: --stack <name>, --estate, or --state-file <file>."],
  [["--state-file", "nowhere.json"], "--state-file: there is no file nowhere.json."],
  [["--state-file", "Pulumi.yaml"], "Pulumi.yaml is not an exported state."],
  [["--state-file", "state.json", "--verify-file", "state.json"], "--verify-file: state.json is not what"],
  [["--state-file", "state.json", "--names-file", "state.json"], "--names-file: state.json holds no names by ID."],
  [["--state-file", "state.json", "--as-of", "soon"], "Give a date and time with its zone"],
])("ends with 2 for %j, which says why", async (args, reason) => {
  const { code, stderr } = await runTool(["report", "--cwd", directory, ...args]);
  expect(stderr).toContain(reason);
  expect(code).toBe(2);
});

it("ends no element by what a name holds, and runs no script but its own", async () => {
  const evil = "</script><script>alert(1)</script><!--";
  const resources = [...sharedResources("dev"), ...daemonResources("dev", "loader")];
  writeFileSync(state, exportedState("dev", resources).replaceAll("Daemon loader", evil));
  await run("--state-file", state);
  expect(page()).not.toContain("alert(1)</script>");
  expect(page().match(/<script/g)).toHaveLength(2);
  expect(page()).toMatch(
    /Content-Security-Policy" content="default-src 'none'; script-src 'sha256-[\w+/]+=*'; style-src 'sha256-/,
  );
});

it("holds no secret of a state that was exported with --show-secrets, nor of a preview", async () => {
  const secret = "s3cret~Value-of-the-loader-0123456789";
  const shown = stateOf(2).replaceAll(
    '"ciphertext":"v1:sealed"',
    `"plaintext":${JSON.stringify(JSON.stringify(secret))}`,
  );
  expect(shown).toContain(secret);
  // Where a program leaks it into a name too.
  writeFileSync(state, shown.replaceAll("Daemon loader-1", `Daemon ${secret}`));
  const { stdout } = await run("--state-file", state, "--json");
  expect(stdout + page()).not.toContain(secret);

  const leaky = { ...application(["User.Read.All"]), new: { inputs: { displayName: secret, notes: marked(secret) } } };
  const preview = () => Promise.resolve(previewed([leaky]));
  const ended = await runTool(["report", "--cwd", directory, "--stack", "dev", "--preview", "--json"], { preview });
  expect(ended.stdout + page()).not.toContain(secret);
});

it("the shape is documented as a JSON schema", () => {
  const file = join(__dirname, "..", "..", "..", "docs", "reference", "access-report.schema.json");
  const text = `${JSON.stringify(accessReportJsonSchema(), null, 2)}\n`;
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, "utf8"));
});
