import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UsageError } from "../../../tools/cli/failure";
import type { PreviewedEvents } from "../../../tools/review/preview/source";
import { runTool, type Told } from "../cli/runTool";
import { application, vault, openTo } from "./support/daemon";
import { diagnosticEvent, policyEvent, previewed } from "./support/events";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "review-"));
  writeFileSync(join(directory, "Pulumi.yaml"), "name: daemons\nruntime: nodejs\n");
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

const run = (preview: PreviewedEvents, ...args: string[]): Promise<Told> =>
  runTool(["review", "--stack", "dev", "--cwd", directory, ...args], { preview: () => Promise.resolve(preview) });

const opened = previewed([vault(openTo(["198.51.100.0/24", "203.0.113.0/24"]))]);
const nothing = previewed([application(["User.Read.All"])]);
const advised = previewed([vault()], policyEvent("vault-audit-log", "It is kept\nit is not.", vault()));
const violated: PreviewedEvents = {
  ...previewed([vault()], policyEvent("vault-rbac", "It is on\nit is off.", vault(), "mandatory")),
  failure: "`pulumi preview` failed",
};
const failed: PreviewedEvents = {
  ...previewed([], diagnosticEvent("error", "no such subscription")),
  failure: "`pulumi preview` failed",
};

describe("the exit code", () => {
  it.each<[number, string, PreviewedEvents, string[]]>([
    [0, "nothing to decide", nothing, []],
    [0, "an access change, which the reader approves", opened, []],
    [0, "an advisory finding", advised, []],
    [1, "a mandatory violation", violated, []],
    [1, "a failed preview", failed, ["--fail-on", "access"]],
    [3, "an access change, where access is to stop it", opened, ["--fail-on", "access"]],
    [3, "a risk, where access or risks are to stop it", opened, ["--fail-on", "data,risk"]],
    [0, "an access change, where only data is to stop it", opened, ["--fail-on", "data"]],
    [3, "an advisory finding, where it is to stop it", advised, ["--fail-on", "access", "--fail-on", "advisory"]],
    [0, "nothing to decide, where all is to stop it", nothing, ["--fail-on", "access,risk,data,advisory"]],
  ])("is %i for %s", async (code, _what, preview, args) => {
    expect((await run(preview, ...args)).code).toBe(code);
  });

  it.each([
    [["--fail-on", "everything"], 'Give some of access, risk, data, advisory, with commas between; not "everything".'],
    [["--as-of", "tomorrow"], "Give a date and time with its zone"],
    [["--nonsense"], "unknown option '--nonsense'"],
    [["--cwd", "/nowhere"], "--cwd: there is no directory /nowhere."],
    [["--cwd", tmpdir()], `There is no Pulumi.yaml in ${realpathSync(tmpdir())}. Name the program's directory: --cwd.`],
  ])("is 2 for %j, which says why", async (args, reason) => {
    const { code, stdout, stderr } = await run(nothing, ...args);
    expect(stderr).toContain(reason);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });

  it("is 2 where no stack is named, or there is none", async () => {
    const preview = (): Promise<never> => Promise.reject(new UsageError("--stack: there is no dev."));
    expect((await runTool(["review", "--cwd", directory], { preview })).code).toBe(2);
    const { code, stderr } = await runTool(["review", "--stack", "dev", "--cwd", directory], { preview });
    expect(code).toBe(2);
    expect(stderr).toContain("--stack: there is no dev.");
  });
});

it("prints Markdown or JSON, and writes files where they are named, a failed preview's too", async () => {
  expect((await run(opened)).stdout).toContain("vault kv-daemons opens to 198.51.100.0/24");

  const [markdown, json] = [join(directory, "review.md"), join(directory, "review.json")];
  const { stdout } = await run(failed, "--markdown-file", markdown, "--json-file", json, "--json");
  expect(readFileSync(markdown, "utf8")).toContain("## ❌ The preview failed");
  expect(readFileSync(markdown, "utf8")).toContain("It failed with: no such subscription");
  const report = JSON.parse(readFileSync(json, "utf8")) as Record<string, unknown>;
  expect(report).toMatchObject({
    version: 1,
    stack: "dev",
    verdict: { level: "failed", exitCode: 1 },
    preview: { ok: false, errors: [{ message: "no such subscription" }] },
  });
  expect(JSON.parse(stdout)).toEqual({ ok: false, ...report });
});
