import * as pulumi from "@pulumi/pulumi";
import { pendingWherePlain } from "../../../components/checks/plainInputs";
import * as library from "../../../components/index";
import { problemsOf } from "../../support/refusals";

const later = <T>(value: T): T => pulumi.output(value) as unknown as T;
const plain =
  "got an Output; needed a value that is known before anything is deployed, because it decides what is declared. Write the value itself, or take it from the configuration: an Output, or a Promise, is known too late.";

describe("an Output in the place of a plain value", () => {
  it.each<[string, () => unknown, string[]]>([
    [
      "a lake's name, and one of its file systems",
      () =>
        new library.DataLake("st", {
          resourceGroupName: later("rg"),
          accountName: later("stdaemons"),
          fileSystems: ["raw", later("forecasts")],
          lifecycle: [{ name: "old", deleteAfterDays: later(30) }],
        }),
      ["accountName", "fileSystems[1]", "lifecycle[0].deleteAfterDays"],
    ],
    [
      "a whole list of permissions",
      () =>
        new library.GraphGrant("loader", {
          principal: { clientId: later("c"), objectId: later("o"), tenantId: later("t") },
          permissions: later(["User.Read.All"]),
        }),
      ["permissions"],
    ],
    [
      "a daemon's dates and formats, but not its owners",
      () =>
        new library.DaemonAccess("loader", {
          owners: [later("me")],
          secret: { rotation: { startsAt: later("2027-01-01T00:00:00Z") } },
          asOf: later("2027-01-01T00:00:00Z"),
          formats: [later("credential")],
          vault: { vaultId: later("v"), vaultName: later("v"), vaultUri: later("v"), resourceGroupName: later("v") },
        }),
      ["secret.rotation.startsAt", "asOf", "formats[0]"],
    ],
    ["an existing vault", () => library.existingVault(later("kv")), ["vaultId"]],
  ])("is told for %s", async (_what, build, inputs) => {
    expect(await problemsOf(build)).toEqual(inputs.map((input) => `${input}: ${plain}`));
  });

  it("is a promise, too, and is not looked for within a component", () => {
    const promised = { accountName: Promise.resolve("st"), fileSystems: [] };
    expect(pendingWherePlain("DataLake", promised)).toEqual(["accountName"]);
    const vault = Object.create(pulumi.ComponentResource.prototype) as object;
    Object.assign(vault, { __pulumiResource: true, anything: later(1) });
    expect(pendingWherePlain("DaemonAccess", { vault, secret: {} })).toEqual([]);
  });
});
