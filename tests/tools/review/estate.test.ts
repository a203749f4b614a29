import { markdown } from "../../../tools/review/report/markdown";
import { estateReportOf } from "../../../tools/review/report/report";
import { reportSchema } from "../../../tools/review/report/schema";
import type { PreviewedEvents } from "../../../tools/review/preview/source";
import {
  application,
  credential,
  fileSystem,
  granted,
  lakeRole,
  now,
  principal,
  reader,
  role,
  roleIds,
  vaultId,
} from "./support/daemon";
import { diagnosticEvent, policyEvent, previewed } from "./support/events";

/** The preview as that of another stack, whose application has IDs of its own. */
const inStack = (stack: string, preview: PreviewedEvents) => {
  const text = JSON.stringify(preview)
    .replaceAll("urn:pulumi:dev::", `urn:pulumi:${stack}::`)
    .replaceAll(/(app|sp)-(object|client)/g, `${stack}-$1-$2`);
  return { stack, previewed: JSON.parse(text) as PreviewedEvents };
};
const reviewed = (...previews: Parameters<typeof estateReportOf>[0]) => {
  const report = estateReportOf(previews, { asOf: now, failOn: [] });
  return { report: reportSchema.parse(report), text: markdown(report) };
};

const reading = {
  scope: `${vaultId}/secrets/loader-credential`,
  roleDefinitionId: roleIds.secretsUser,
  principalId: reader,
  principalType: "Group",
};
const removedReader = role("loader-reader", reading, undefined);
const permission = inStack(
  "forecasting",
  previewed([
    application(["User.Read.All"], ["User.Read.All", "GroupMember.Read.All"]),
    principal,
    granted("User.Read.All", "kept"),
    granted("GroupMember.Read.All", "new"),
  ]),
);
const widened = inStack(
  "reporting",
  previewed([
    application([]),
    principal,
    fileSystem,
    role("loader-lake-role", lakeRole(roleIds.blobReader), lakeRole(roleIds.blobContributor)),
  ]),
);
const unread = inStack("billing", previewed([application([]), principal, credential, removedReader]));

describe("one review of three stacks", () => {
  it("shows a permission of one, a wider role of another and a reader that leaves the third, and nothing else", () => {
    const { report, text } = reviewed(permission, widened, unread);
    const told = [
      "application loader-application (“Forecast loader”) is widened from Storage Blob Data Reader to Storage Blob Data Contributor on file system stdaemons-forecasts",
      "application loader-application (“Forecast loader”) gains the Microsoft Graph permission GroupMember.Read.All",
      `group ${reader} loses Key Vault Secrets User on secret loader-credential`,
    ];
    expect(report.access.changes.map((change) => [change.text, change.stacks])).toEqual([
      [told[0], ["reporting"]],
      [told[1], ["forecasting"]],
      [told[2], ["billing"]],
    ]);
    expect(text.split("\n").filter((line) => /^- [➕➖🔁]/u.test(line))).toEqual([
      `- ➕ ${told[0] ?? ""} (stack \`reporting\`)`,
      `- ➕ ${told[1] ?? ""} (stack \`forecasting\`)`,
      `- ➖ ${told[2] ?? ""} (stack \`billing\`)`,
    ]);
    expect(text).toContain("Stacks `forecasting`, `reporting`, `billing`: 3 access changes");
    expect(report.verdict).toMatchObject({ level: "decision", exitCode: 0 });
  });

  it("tells the same change of two stacks by two IDs", () => {
    const other = JSON.parse(JSON.stringify(permission).replaceAll("forecasting", "other")) as typeof permission;
    const { report } = reviewed(permission, other);
    const ids = report.access.changes.map(({ id }) => id);
    expect(new Set(ids).size).toBe(2);
  });

  it("takes what leaves one stack and comes in another for no change", () => {
    const comes = inStack("reporting", previewed([role("other-reader", undefined, reading)]));
    const leaves = inStack("billing", previewed([removedReader]));
    expect(reviewed(comes, leaves).report.access.changes).toEqual([]);
    expect(reviewed(leaves).report.access.changes).toHaveLength(1);
  });

  it("knows a party of one stack by its name in another", () => {
    const platform = inStack("platform", previewed([fileSystem]));
    const team = inStack("reporting", previewed([role("r", undefined, lakeRole(roleIds.blobReader))]));
    expect(reviewed(team).report.access.changes[0]?.text).toContain("on file system forecasts");
    expect(reviewed(platform, team).report.access.changes[0]?.text).toContain("on file system stdaemons-forecasts");
  });

  it("says first which stack failed and why, and tells the others' changes all the same", () => {
    const failed = {
      ...inStack("billing", {
        ...previewed([], diagnosticEvent("error", "no such vault.")),
        failure: "preview failed",
      }),
      hint: "platform is still to make vaultId.billing.",
    };
    const violated = inStack("reporting", {
      ...previewed([application([])], policyEvent("a-rule", "It is so\nit is not.", application([]), "mandatory")),
      failure: "preview failed",
    });
    const { report, text } = reviewed(permission, violated, failed);
    expect(report.stacks).toEqual([
      { stack: "reporting", ok: false },
      { stack: "billing", ok: false, reason: "no such vault. platform is still to make vaultId.billing." },
      { stack: "forecasting", ok: true },
    ]);
    expect(text).toContain("- ❌ The preview of `billing` failed with: no such vault. platform is still to make");
    expect(text).not.toContain("preview of `reporting`");
    expect(report.access.changes).toHaveLength(1);
    expect(report.verdict.exitCode).toBe(1);
  });
});
