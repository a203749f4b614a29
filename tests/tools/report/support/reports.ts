import { accessReportOf } from "../../../../tools/report/model/accessReport";
import { type AccessReport, accessReportSchema } from "../../../../tools/report/model/schema";
import type { StackSource } from "../../../../tools/report/model/sources";
import { readExportedState } from "../../../../tools/report/source/exportedState";
import { readEstates } from "../../../../tools/review/estate/estate";
import { reportOf } from "../../../../tools/review/report/report";
import {
  application,
  fileSystem,
  granted,
  lakeRole,
  openTo,
  person,
  principal,
  reader,
  role,
  roleIds,
  vault,
} from "../../review/support/daemon";
import { policyEvent, previewed } from "../../review/support/events";

/** The moment that the tests report as of. */
export const asOf = new Date("2030-04-05T00:00:00Z");

type Source = Partial<StackSource> & Pick<StackSource, "id" | "from" | "estates">;

export const reportOn = (sources: readonly Source[], verify: AccessReport["verify"] = null): AccessReport =>
  accessReportSchema.parse(
    accessReportOf(
      sources.map((source) => ({ waivers: [], ...source })),
      { asOf, names: new Map(), verify, secrets: [] },
    ),
  );

/** The report of exported states. */
export const reportFrom = (...states: readonly string[]): AccessReport =>
  reportOn(states.map((text) => ({ ...readExportedState(text, "a test", () => undefined), from: "state" as const })));

/** The report of a preview in which a daemon gains a permission and a wider role, loses an owner, and the vault opens. */
export function reviewed(): AccessReport {
  const kv = vault(openTo(["203.0.113.0/24", "198.51.100.0/24"]));
  const events = previewed(
    [
      application(["User.Read.All"], ["User.Read.All", "Directory.ReadWrite.All"], [person, reader]),
      principal,
      granted("User.Read.All", "kept"),
      granted("Directory.ReadWrite.All", "new"),
      fileSystem,
      role("loader-lake-role", lakeRole(roleIds.blobReader), lakeRole(roleIds.blobContributor)),
      kv,
    ],
    policyEvent("vault-audit-log", "A key vault's audit log is kept\nnone is. Fix: add one.", kv),
    policyEvent("vault-rbac", "Roles open a vault\nit is off. Fix: set it.", kv, "mandatory"),
  );
  return reportOn([
    {
      id: "daemons/dev",
      from: "preview",
      estates: readEstates(events.events, events.plan, () => undefined),
      review: reportOf(events, { stack: "dev", failOn: [], asOf }),
    },
  ]);
}
