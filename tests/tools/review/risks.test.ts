import {
  application,
  credential,
  gone,
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
import { outputsEvent, type Told } from "./support/events";
import { reviewOf, riskTexts } from "./support/report";

const [live, ended] = ["2030-04-15T00:00:00Z", "2030-04-01T00:00:00Z"];

describe("the risks of a change", () => {
  it("are none where a generation leaves whose overlap has run", () => {
    expect(riskTexts([application([]), revoked(0, ended), password(1, "2030-07-15T00:00:00Z")])).toEqual([]);
  });

  it("are none where a generation is added beside the one in use", () => {
    const next: Told = { ...password(1, undefined, "2030-07-15T00:00:00Z") };
    expect(riskTexts([application([]), password(0, live), next])).toEqual([]);
  });

  it("are none where the whole application leaves with its secrets", () => {
    expect(riskTexts([gone(application([])), revoked(0, live)])).toEqual([]);
  });

  it("tell a secret that is revoked before its end", () => {
    expect(riskTexts([application([]), revoked(0, live), password(1, "2030-07-15T00:00:00Z")])).toEqual([
      "overlap-dropped: The overlap of loader-application is dropped: loader-generation-0 is revoked 10 days before its end on 2030-04-15. Whoever still signs in with it fails from the update on, until it fetches the new one.",
    ]);
  });

  it("tell a secret in use that is replaced, and once for one application", () => {
    const told = [application([]), revoked(0, live), password(1, "2030-07-15T00:00:00Z", "2030-07-02T00:00:00Z")];
    const risks = reviewOf(told).risks;
    expect(risks.map(({ kind }) => kind)).toEqual(["overlap-dropped"]);
    expect(risks[0]?.text).toContain("loader-generation-0 is revoked 10 days before its end on 2030-04-15, and");
    expect(risks[0]?.text).toContain("loader-generation-1 is replaced 101 days before its end on 2030-07-15");
  });

  it("tell a later end of the same secret", () => {
    expect(riskTexts([application([]), password(0, ended, "2031-04-01T00:00:00Z")])).toEqual([
      "secret-lives-longer: The secret loader-generation-0 lives until 2031-04-01 instead of 2030-04-01: 361 days from now.",
    ]);
  });

  it("tell an overlap that shrinks, by the stack's own dates", () => {
    const outputs = (expiresOn: string) => ({
      "loader.nextRotation": "2030-07-01T00:00:00Z",
      "loader.expiresOn": expiresOn,
    });
    expect(riskTexts([], outputsEvent(outputs("2030-07-15T00:00:00Z"), outputs("2030-07-03T00:00:00Z")))).toEqual([
      "overlap-shortened: The overlap of loader shrinks from 14 days to 2 days: that is how long it has to fetch a new secret.",
    ]);
  });

  it("tell a rotation that ends", () => {
    const before = { "loader.nextRotation": "2030-07-01T00:00:00Z", "loader.expiresOn": "2030-07-15T00:00:00Z" };
    expect(riskTexts([], outputsEvent(before, { "loader.expiresOn": "2031-01-01T00:00:00Z" }))).toEqual([
      "rotation-dropped: loader no longer rotates: its secret ends on 2031-01-01T00:00:00Z, and no new one will be made.",
    ]);
  });

  it.each<[string, Told, string]>([
    [
      "purge protection that goes",
      vault({ enablePurgeProtection: false }),
      "deletion-protection-weakened: kv-daemons: purge protection goes: deleted secrets can be purged immediately.",
    ],
    [
      "soft delete that goes",
      vault({ enableSoftDelete: false }),
      "deletion-protection-weakened: kv-daemons: soft delete is turned off: deleted data can't be recovered.",
    ],
    [
      "a shorter time to recover",
      vault({ softDeleteRetentionInDays: 7 }),
      "deletion-protection-weakened: kv-daemons: deleted data is kept 7 days instead of 90.",
    ],
    [
      "a resource that is no longer protected",
      { ...vault(), old: { ...vault().old, protect: true } },
      "protection-removed: kv-daemons: azure-native.keyvault.Vault is no longer protected: Pulumi may delete it from then on.",
    ],
    [
      "a resource that is no longer retained",
      { ...vault(), old: { ...vault().old, retainOnDelete: true } },
      "protection-removed: kv-daemons: azure-native.keyvault.Vault is no longer retained: leaving the program deletes it in Azure from then on.",
    ],
    [
      "a lock that is deleted",
      { type: "azure-native:authorization:ManagementLockByScope", name: "no-delete", old: {} },
      "protection-removed: no-delete: The lock is deleted: what it holds can be deleted from then on.",
    ],
    [
      "a lake whose keys open it",
      {
        type: "azure-native:storage:StorageAccount",
        name: "lake",
        new: { inputs: { allowSharedKeyAccess: true, publicNetworkAccess: "Disabled" } },
      },
      "keys-or-anonymous-access: lake: anyone with one of its keys has access, without an identity or a role.",
    ],
    [
      "a file system that anyone can read",
      { type: "azure-native:storage:BlobContainer", name: "files", new: { inputs: { publicAccess: "Blob" } } },
      "keys-or-anonymous-access: files: anyone can read it without signing in.",
    ],
  ])("tell %s", (_what, told, text) => {
    expect(riskTexts([told])).toEqual([text]);
  });

  it("tell a vault that opens, and which access change that is", () => {
    const { access, risks } = reviewOf([vault(openTo(["203.0.113.0/24", "198.51.100.0/24"]))]);
    expect(risks).toEqual([
      {
        kind: "vault-opened",
        severity: "medium",
        subject: "kv-daemons",
        text: "vault kv-daemons opens to 198.51.100.0/24.",
        access: access.changes[0]?.id,
      },
    ]);
  });

  it("weigh an opening to a wide range, or to all, as high", () => {
    for (const opening of [openTo(["203.0.0.0/8"]), openTo([], "Allow"), { networkAcls: null }]) {
      expect(reviewOf([vault(opening)]).risks).toMatchObject([{ kind: "vault-opened", severity: "high" }]);
    }
  });

  it("tell a permission that can take over the tenant, and a role that hands out rights", () => {
    const told = [
      application([], ["Directory.ReadWrite.All"]),
      principal,
      granted("Directory.ReadWrite.All", "new"),
      role("owner", undefined, lakeRole(roleIds.owner)),
    ];
    expect(reviewOf(told).risks).toMatchObject([
      { kind: "privileged-access", severity: "high", access: "azure-role/loader-application/forecasts" },
      {
        kind: "privileged-access",
        severity: "high",
        access: "graph-permission/loader-application/Directory.ReadWrite.All",
      },
    ]);
  });

  it("are none where a resource is renamed by an alias", () => {
    const renamed = { ...vault(), oldName: "kv-before" };
    const { access, risks, dataLoss } = reviewOf([renamed]);
    expect([access.changes, risks, dataLoss]).toEqual([[], [], []]);
  });

  it("are none where access is lost", () => {
    const told = [application(["Directory.ReadWrite.All"], []), principal, granted("Directory.ReadWrite.All", "gone")];
    expect(riskTexts(told)).toEqual([]);
  });
});

describe("things that hold data", () => {
  it("are told when they are deleted or replaced, with what they hold", () => {
    const replaced: Told = { ...vault(), ops: ["create-replacement", "replace", "delete-replaced"] };
    expect(reviewOf([gone(credential), replaced]).dataLoss).toMatchObject([
      { resource: "loader-credential", change: "delete", holds: "a secret and its versions", retained: false },
      { resource: "kv-daemons", change: "replace", holds: "secrets", retained: false },
    ]);
  });

  it("say so where Pulumi leaves them in Azure", () => {
    const leaving: Told = { type: "azure-native:keyvault:Vault", name: "kv", old: { retainOnDelete: true } };
    expect(reviewOf([leaving]).dataLoss).toMatchObject([{ resource: "kv", retained: true }]);
  });
});

describe("rotations", () => {
  it("are told with their dates, the nearest first", () => {
    const outputs = { "loader.nextRotation": "2030-07-01T00:00:00Z", "loader.expiresOn": "2030-07-15T00:00:00Z" };
    const told = [application([]), password(0, live), password(1, "2030-07-15T00:00:00Z"), credential];
    const { rotations } = reviewOf(told, outputsEvent(outputs, outputs));
    expect(rotations.map(({ date, daysLeft, state, what, of }) => [date, daysLeft, state, what, of])).toEqual([
      ["2030-04-15T00:00:00Z", 10, "due", "client secret", "loader-application"],
      ["2030-07-01T00:00:00Z", 87, "later", "next rotation", "loader"],
      ["2030-07-15T00:00:00Z", 101, "later", "vault secret", "loader-credential"],
      ["2030-07-15T00:00:00Z", 101, "later", "client secret", "loader-application"],
    ]);
  });

  it("are told of certificates too", () => {
    const inputs = { applicationId: "/applications/app-object", startDate: "2030-01-01T00:00:00Z", endDate: live };
    const certificate: Told = {
      type: "azuread:index/applicationCertificate:ApplicationCertificate",
      name: "loader-certificate-2030-01",
      old: { inputs },
      new: { inputs },
    };
    expect(reviewOf([application([]), certificate]).rotations).toMatchObject([
      {
        of: "loader-application",
        what: "certificate",
        resource: "loader-certificate-2030-01",
        state: "due",
        daysLeft: 10,
      },
    ]);
  });

  it("that are past are told as past", () => {
    expect(reviewOf([application([]), password(0, ended)]).rotations).toMatchObject([{ state: "past", daysLeft: -4 }]);
  });
});
