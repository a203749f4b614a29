import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { markdown } from "../../../tools/review/report/markdown";
import { reportOf } from "../../../tools/review/report/report";
import { reportJsonSchema, reportSchema } from "../../../tools/review/report/schema";
import {
  application,
  credential,
  fileSystem,
  granted,
  lakeRole,
  newDaemon,
  openTo,
  password,
  principal,
  revoked,
  role,
  roleIds,
  vault,
} from "./support/daemon";
import { diagnosticEvent, outputsEvent, policyEvent, previewed } from "./support/events";
import { options } from "./support/report";

/** Compares with the reviewed file; UPDATE_GOLDEN=1 writes it instead. */
function expectGolden(file: string, text: string): void {
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, "utf8"));
}

const golden = (name: string): string => join(__dirname, "golden", name);
const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const outputs = (expiresOn: string) => ({
  "loader.nextRotation": "2030-07-01T00:00:00Z",
  "loader.expiresOn": expiresOn,
});
const kv = vault(openTo(["203.0.113.0/24", "198.51.100.0/24"]));
const report = reportOf(
  previewed(
    [
      application(["User.Read.All"], ["User.Read.All", "GroupMember.Read.All"]),
      principal,
      granted("User.Read.All", "kept"),
      granted("GroupMember.Read.All", "new"),
      fileSystem,
      role("loader-lake-role", lakeRole(roleIds.blobReader), lakeRole(roleIds.blobContributor)),
      { ...kv, diffs: ["properties.networkAcls.ipRules[1]"] },
      revoked(0, "2030-04-15T00:00:00Z"),
      password(1, "2030-07-15T00:00:00Z", "2030-07-02T00:00:00Z"),
      credential,
    ],
    policyEvent("vault-audit-log", "A key vault's audit log is kept\nnone is. Fix: add one.", kv),
    policyEvent("vault-rbac", "It is so\nWaived until 2031-01-31: an old reader. it is off. Fix: set it.", kv),
    outputsEvent(outputs("2030-07-15T00:00:00Z"), outputs("2030-07-02T00:00:00Z")),
  ),
  options("access"),
);

describe("the report of a change that touches access", () => {
  it("is this Markdown", () => {
    expectGolden(golden("review.md"), markdown(report));
  });

  it("is this JSON, of the documented shape", () => {
    expect(reportSchema.parse(report)).toEqual(report);
    expectGolden(golden("review.json"), json(report));
  });
});

it("the shape is documented as a JSON schema", () => {
  expectGolden(join(__dirname, "..", "..", "..", "docs", "reference", "review.schema.json"), json(reportJsonSchema()));
});

describe("the report of a change that breaks a mandatory rule", () => {
  const told = application(["User.Read.All"], ["User.Read.All", "Directory.ReadWrite.All"]);
  const broken = reportOf(
    {
      ...previewed(
        [told, principal, granted("Directory.ReadWrite.All", "new"), kv],
        policyEvent(
          "application-requests-no-dangerous-permission",
          "An application asks for no dangerous permission\nit asks for Directory.ReadWrite.All. Fix: ask for the narrower permission that the work needs.",
          told,
          "mandatory",
        ),
        policyEvent(
          "grant-not-dangerous",
          "No dangerous permission is granted\nDirectory.ReadWrite.All is granted. Fix: grant the narrower permission.",
          granted("Directory.ReadWrite.All", "new"),
          "mandatory",
        ),
        policyEvent("vault-rbac", "Roles open a vault\nit is off. Fix: set it.", kv, "mandatory"),
        policyEvent("vault-audit-log", "A key vault's audit log is kept\nnone is. Fix: set vault.diagnostics.", kv),
        diagnosticEvent("error", "the engine's own words"),
      ),
      plan: undefined,
      failure: "`pulumi preview` failed",
    },
    options(),
  );

  it("tells access first, and each cause once", () => {
    const text = markdown(broken);
    expectGolden(golden("violation.md"), text);
    const [decisions = ""] = text.split("<details>");
    const entries = decisions
      .split("\n")
      .filter((line) => /^ *- /.test(line) && line.includes("Directory.ReadWrite.All"));
    expect(entries).toHaveLength(1);
    expect(text.indexOf("### Who gains")).toBeLessThan(text.indexOf("### Violations"));
    expect(text.indexOf("the engine's own words")).toBeGreaterThan(text.indexOf("Resources:"));
  });
});

it("the comment on a change of ten daemons has at most 100 lines", () => {
  const ten = Array.from({ length: 10 }, (_, index) => newDaemon(index)).flat();
  const findings = ten.map((each) => policyEvent("an-advisory", "It is so\nit is not. Fix: set daemons[].it.", each));
  const text = markdown(reportOf(previewed(ten, ...findings), options()));
  expectGolden(golden("ten.md"), text);
  expect(text.split("\n").length).toBeLessThanOrEqual(100);
});
