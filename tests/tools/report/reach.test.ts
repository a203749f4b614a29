import { Reach } from "../../../tools/report/model/reach";
import type { AccessReport } from "../../../tools/report/model/schema";
import {
  assignment,
  daemonResources,
  exportedState,
  reader,
  roles,
  sharedResources,
  vaultId,
} from "./support/exportedState";
import { reportFrom } from "./support/reports";

const subscription = vaultId.split("/resourceGroups")[0] ?? "";
const administrator = "7e1d5a3c-0b94-4f68-8c27-d5a6e0b1f394";

const idOf = ({ parties }: AccessReport, name: string): string =>
  parties.find((party) => party.name === name)?.id ?? name;

/** Who reaches something, how, and what they can. */
function reaching(report: AccessReport, name: string): string[] {
  return new Reach(report)
    .to(idOf(report, name))
    .map(({ who, how, can }) => `${who.name}: ${how}, ${can.join(" and ")}`)
    .sort();
}

const resources = [...sharedResources("dev"), ...daemonResources("dev", "loader", 1)];
const plain = reportFrom(exportedState("dev", resources));

describe("who reaches a thing", () => {
  it("is who holds a role there, and whoever can act as it: by its secret, or as its owner", () => {
    expect(reaching(plain, "stdaemons-files-1")).toEqual([
      `${reader}: as, read files and write files`,
      "5c7d9e1f-2a3b-4c5d-8e6f-7a8b9c0d1e2f: as, read files and write files",
      "loader-application: direct, read files and write files",
    ]);
    expect(reaching(plain, "stdaemons-files-2")).toEqual([]);
  });

  it("is, of an identity, who reads its secret, and its owner", () => {
    expect(reaching(plain, "loader-application")).toEqual([
      `${reader}: secret, act as it`,
      "5c7d9e1f-2a3b-4c5d-8e6f-7a8b9c0d1e2f: direct, act as it",
    ]);
  });

  it("is told with every right on it: what one does there, and whom one can give rights", () => {
    const all = assignment("dev", "all", vaultId, roles.owner, administrator, "User");
    const report = reportFrom(exportedState("dev", [...resources, all]));
    expect(reaching(report, "kv-daemons")).toEqual([`${administrator}: rights, change settings and assign roles`]);
  });

  it("is also who holds a role on what it lies in", () => {
    const wide = assignment("dev", "wide", vaultId, roles.secretsUser, administrator, "User");
    const report = reportFrom(exportedState("dev", [...resources, wide]));
    expect(reaching(report, "loader-credential")).toContain(`${administrator}: direct, read secrets`);
    expect(reaching(report, "stdaemons-files-1")).toContain(`${administrator}: as, read files and write files`);
    expect(reaching(report, "stdaemons-files-2")).toEqual([]);
  });

  it("is also who may give itself the role, anywhere above", () => {
    const granting = assignment("dev", "granting", subscription, roles.userAccessAdministrator, administrator, "User");
    const report = reportFrom(exportedState("dev", [...resources, granting]));
    for (const name of ["loader-credential", "stdaemons-files-2", "kv-daemons"]) {
      expect(reaching(report, name)).toContain(`${administrator}: rights, assign roles`);
    }
  });

  it("is nobody by a role that is of no use there", () => {
    const useless = assignment("dev", "useless", vaultId, roles.blobContributor, administrator);
    const report = reportFrom(exportedState("dev", [...resources, useless]));
    expect(reaching(report, "loader-credential").filter((line) => line.startsWith(administrator))).toEqual([]);
  });

  it("gives the same from either side", () => {
    const reach = new Reach(plain);
    const key = ({
      who,
      to,
      grants,
    }: {
      who: { id: string };
      to: { id: string };
      grants: readonly { id: string }[];
    }): string => `${who.id} ${to.id} ${grants.map(({ id }) => id).join()}`;
    const from = plain.parties.flatMap(({ id }) => reach.from(id)).map(key);
    const to = plain.parties.flatMap(({ id }) => reach.to(id)).map(key);
    expect(new Set(from)).toEqual(new Set(to));
    expect(from.length).toBeGreaterThan(5);
  });

  it("leads from one stack into another", () => {
    const team = [
      assignment("team", "borrowed", `${vaultId}/secrets/loader-credential`, roles.secretsUser, administrator, "Group"),
    ];
    const report = reportFrom(exportedState("dev", resources), exportedState("team", team));
    expect(report.stacks.map(({ id }) => id)).toEqual(["daemons/dev", "daemons/team"]);
    expect(reaching(report, "stdaemons-files-1")).toContain(`${administrator}: as, read files and write files`);
  });
});
