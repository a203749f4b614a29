import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkedPolicyFile, policyFileOf, readPolicyFile } from "../../../tools/policies/policyFile";
import { runToolCommand } from "../../support/toolCommand";

const waiver = { resource: "loader*", reason: "moves to federation", expires: "2030-01-31" };
let project: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "policies-"));
});

afterEach(() => {
  rmSync(project, { recursive: true });
});

const write = (content: unknown, name = "policy-config.json"): string => {
  const path = join(project, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
};

const problemsOf = (content: unknown): string[] => {
  const path = write(content);
  try {
    readPolicyFile(path);
    return [];
  } catch (error) {
    const [head = "", ...rest] = (error as Error).message.split("\n");
    expect(head).toMatch(`The policy configuration ${path} has `);
    return rest.slice(0, -1).map((line) => line.replace("  policy-config.json: ", ""));
  }
};

it("a stack's own file goes before the project's, under the stack's full name too", () => {
  expect(policyFileOf(project, "dev")).toBeUndefined();
  const ofAll = write({});
  const own = write({}, "policy-config.prod.json");
  expect(policyFileOf(project, "dev")).toBe(ofAll);
  expect(policyFileOf(project, "prod")).toBe(own);
  expect(policyFileOf(project, "contoso/daemons/prod")).toBe(own);
});

it("is the committed one where no other is named, and is checked either way", () => {
  expect(checkedPolicyFile(project, "dev", undefined)).toBeUndefined();
  const committed = write({});
  const named = write({ "no-such-rule": "mandatory" }, "other.json");
  expect(checkedPolicyFile(project, "dev", undefined)).toBe(committed);
  expect(() => checkedPolicyFile(project, "dev", named)).toThrow(`The policy configuration ${named} has a problem`);
});

it("levels, settings and waivers of known rules are taken", () => {
  const all = {
    all: "advisory",
    "vault-protected": "disabled",
    "client-secret-lifetime": { enforcementLevel: "mandatory", maximumDays: 90, asOf: "2030-01-01T00:00:00+01:00" },
    "grant-has-reason": { reasons: { "User.Read.All": "reads owners" } },
    "grant-permitted": { permissions: ["User.Read.All"] },
    "client-secret-not-beside-federation": { waivers: [waiver] },
  };
  expect(problemsOf(all)).toEqual([]);
});

it.each<[title: string, content: unknown, problem: string]>([
  ["broken JSON", "{", "cannot be read as JSON."],
  ["a list", [], "the file: got an empty list; needed a group of rules by name."],
  ["a misspelt rule", { "vault-protcted": "disabled" }, 'vault-protcted: unknown rule. Did you mean "vault-protected"'],
  [
    "a misspelt level",
    { "vault-protected": "disable" },
    'vault-protected: got "disable"; needed one of "mandatory", "advisory", "remediate", "disabled", or a group',
  ],
  [
    "a level in a group",
    { "vault-protected": { enforcementLevel: 1 } },
    "vault-protected.enforcementLevel: got 1; needed one of",
  ],
  [
    "an unknown setting",
    { "secret-lifetime": { maximumDay: 1 } },
    'secret-lifetime.maximumDay: got 1; needed one of enforcementLevel, waivers, maximumDays, asOf. Did you mean "maximumDays"?',
  ],
  [
    "a text for a number",
    { "secret-lifetime": { maximumDays: "90" } },
    'secret-lifetime.maximumDays: got "90"; needed a whole number from 1. The longest life of a secret, in days.',
  ],
  ["a number below the least", { "secret-lifetime": { maximumDays: 0 } }, "got 0; needed a whole number from 1."],
  ["a text for a list", { "grant-permitted": { permissions: "User.Read.All" } }, "needed a list of texts."],
  [
    "a text for a flag",
    { "lake-store-retired": { legacy: "yes" } },
    'lake-store-retired.legacy: got "yes"; needed true or false.',
  ],
  ["a list for texts by name", { "grant-has-reason": { reasons: [] } }, "needed a group of texts by name."],
  ["a day for a moment", { "secret-lifetime": { asOf: "2030-01-01" } }, "needed a date and time with its zone"],
  [
    "waivers that are none",
    { "vault-rbac": { waivers: waiver } },
    "vault-rbac.waivers: got an object; needed a list of waivers.",
  ],
  [
    "a waiver that is none",
    { "vault-rbac": { waivers: ["all"] } },
    'vault-rbac.waivers[0]: got "all"; needed a group with resource, reason, expires.',
  ],
  [
    "a misspelt key of a waiver",
    { "vault-rbac": { waivers: [{ ...waiver, resources: "x" }] } },
    'vault-rbac.waivers[0].resources: got "x"; needed one of resource, reason, expires. Did you mean "resource"',
  ],
  [
    "a waiver of nothing",
    { "vault-rbac": { waivers: [{ ...waiver, resource: undefined }] } },
    "vault-rbac.waivers[0].resource: got nothing; needed the name or URN of a resource",
  ],
  [
    "a waiver without a reason",
    { "vault-rbac": { waivers: [{ ...waiver, reason: " " }] } },
    'vault-rbac.waivers[0].reason: got " "; needed why the finding may stay.',
  ],
  [
    "a waiver without an end",
    { "vault-rbac": { waivers: [{ ...waiver, expires: undefined }] } },
    "vault-rbac.waivers[0].expires: got nothing; needed the last day it holds",
  ],
  [
    "a day that is not there",
    { "vault-rbac": { waivers: [{ ...waiver, expires: "2030-02-30" }] } },
    'vault-rbac.waivers[0].expires: got "2030-02-30"',
  ],
])("%s is refused, with the rule, the key and what is allowed", (_title, content, problem) => {
  expect(problemsOf(content)).toEqual([expect.stringContaining(problem)]);
});

it("every problem of a file is told at once", () => {
  expect(problemsOf({ nothing: "advisory", "vault-rbac": { waivers: [{}] } })).toHaveLength(4);
});

describe("daemon-access policies", () => {
  const policies = (...args: string[]) => runToolCommand(["policies", "--stack", "dev", "--cwd", project, ...args], {});

  it("lists the waivers: which hold, which end soon, which have ended", async () => {
    const waivers = ["2030-01-31", "2029-01-10", "2028-12-31"].map((expires) => ({ ...waiver, expires }));
    write({ "vault-rbac": { waivers } });

    const { code, stdout } = await policies("--at", "2029-01-01T00:00:00Z");

    expect({ code, lines: stdout.trimEnd().split("\n") }).toEqual({
      code: 0,
      lines: [
        "policy-config.json is in order; 3 waivers.",
        "holds: vault-rbac on loader* until 2030-01-31: moves to federation",
        "ends soon: vault-rbac on loader* until 2029-01-10 (9 days left): moves to federation",
        "ended: vault-rbac on loader* until 2028-12-31: moves to federation",
      ],
    });
  }, 60_000);

  it("ends with 2 for a wrong file", async () => {
    write({ "vault-rbac": "never" });
    expect(await policies()).toMatchObject({ code: 2, stderr: expect.stringContaining('got "never"') as string });
  }, 60_000);
});
