import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { review } from "../../../tools/review/commandLine";
import { type PreviewedEvents, UsageError } from "../../../tools/review/preview/source";
import { application, vault, openTo } from "./support/daemon";
import { diagnosticEvent, policyEvent, previewed } from "./support/events";

let directory: string;
let said: { stdout: string; stderr: string };

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "review-"));
  writeFileSync(join(directory, "Pulumi.yaml"), "name: daemons\nruntime: nodejs\n");
  said = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    jest.spyOn(process[stream], "write").mockImplementation((text) => {
      said[stream] += String(text);
      return true;
    });
  }
});

afterEach(() => {
  jest.restoreAllMocks();
  rmSync(directory, { recursive: true });
});

const run = (preview: PreviewedEvents, ...args: string[]): Promise<number> =>
  review(["--stack", "dev", "--cwd", directory, ...args], () => Promise.resolve(preview));

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
    expect(await run(preview, ...args)).toBe(code);
  });

  it.each([
    [["--fail-on", "everything"], "Give access, risk, data, advisory."],
    [["--as-of", "tomorrow"], "Give a date with its time and zone"],
    [["--nonsense"], "unknown option '--nonsense'"],
    [["--cwd", "/nowhere"], "--cwd: there is no Pulumi.yaml in /nowhere."],
  ])("is 2 for %j, which says why", async (args, reason) => {
    expect(await run(nothing, ...args)).toBe(2);
    expect(said.stderr).toContain(reason);
    expect(said.stdout).toBe("");
  });

  it("is 2 where no stack is named, or there is none", async () => {
    expect(await review(["--cwd", directory], () => Promise.resolve(nothing))).toBe(2);
    const missing = (): Promise<never> => Promise.reject(new UsageError("--stack: there is no dev."));
    expect(await review(["--stack", "dev", "--cwd", directory], missing)).toBe(2);
    expect(said.stderr).toContain("--stack: there is no dev.");
  });
});

it("prints Markdown, and writes files where they are named, a failed preview's too", async () => {
  await run(opened);
  expect(said.stdout).toContain("vault kv-daemons opens to 198.51.100.0/24");

  said.stdout = "";
  const [markdown, json] = [join(directory, "review.md"), join(directory, "review.json")];
  await run(failed, "--markdown", markdown, "--json", json);
  expect(said.stdout).toBe("");
  expect(readFileSync(markdown, "utf8")).toContain("## ❌ The preview failed");
  expect(readFileSync(markdown, "utf8")).toContain("- no such subscription");
  expect(JSON.parse(readFileSync(json, "utf8"))).toMatchObject({
    version: 1,
    stack: "dev",
    verdict: { level: "failed", exitCode: 1 },
    preview: { ok: false, errors: [{ message: "no such subscription" }] },
  });
});
