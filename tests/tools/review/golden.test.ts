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
  openTo,
  password,
  principal,
  revoked,
  role,
  roleIds,
  vault,
} from "./support/daemon";
import { outputsEvent, policyEvent, previewed } from "./support/events";
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
