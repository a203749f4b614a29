import { identities } from "../../../../local/azure/landingZone/layout";
import { vaultUrl } from "../../../support/delivery";
import { ExaminedAzure, group } from "../support/examinedAzure";
import { daemon } from "../support/stackRights";

let examined: ExaminedAzure;
beforeEach(async () => {
  examined = await ExaminedAzure.open();
});
afterEach(() => examined.close());

describe("a name that the settings fix", () => {
  const settings = { vault: { name: "kv-chosen" }, lake: { accountName: "stchosen" } };
  const daemons = [daemon({ lake: { fileSystem: "forecasts" } })];

  it("is unknown to who may not ask, with the right that lets them", async () => {
    const [vault] = await examined.findings("name", { settings });
    expect(vault).toMatchObject({
      subject: "kv-chosen",
      result: "unknown",
      reason: { code: "AuthorizationFailed" },
      remedy:
        "Give the deployer Microsoft.KeyVault/checkNameAvailability/read on the subscription, for example by the role Reader.",
    });
  });

  it("passes where it is free", async () => {
    await examined.letRead();
    expect(await examined.findings("name", { daemons, settings })).toEqual([
      { check: "name", subject: "kv-chosen", result: "passed" },
      { check: "name", subject: "stchosen", result: "passed" },
    ]);
  });

  it("fails where somebody else has it", async () => {
    await examined.letRead();
    const [finding] = await examined.findings("name", {
      daemons,
      settings: { lake: { accountName: "stmlwforecast" } },
    });
    expect(finding).toEqual({
      check: "name",
      subject: "stmlwforecast",
      result: "failed",
      detail: "The storage account named stmlwforecast is already taken.",
      remedy: "Set azure-daemon-access:lake.accountName to a name that is free, or leave it out.",
    });
  });

  it("fails where a deleted vault has it, with the setting that brings it back, and takes that setting", async () => {
    await examined.letRead();
    await examined.makeVault("kv-chosen");
    await examined.administrator.arm("DELETE", `${group}/providers/Microsoft.KeyVault/vaults/kv-chosen`, "2023-07-01");
    const [finding] = await examined.findings("name", { settings });
    expect(finding).toEqual({
      check: "name",
      subject: "kv-chosen",
      result: "failed",
      detail: "a deleted vault has it until its retention has passed",
      remedy:
        "set azure-daemon-access:vault.recover to true to bring it back, or azure-daemon-access:vault.name to another name",
    });
    const vault = { name: "kv-chosen", recover: true };
    const [recovered] = await examined.findings("name", { settings: { ...settings, vault } });
    expect(recovered).toEqual({
      check: "name",
      subject: "kv-chosen",
      result: "note",
      detail: "a deleted vault has it and will be recovered",
    });
  });

  it("is a note where the resource is there, as it is after the first run", async () => {
    await examined.makeVault("kv-chosen");
    const [finding] = await examined.findings("name", { settings });
    expect(finding).toMatchObject({ subject: "kv-chosen", result: "note" });
  });
});

describe("a secret's name in a vault that is there", () => {
  const [vault = ""] = new URL(vaultUrl).host.split(".");
  const vaultId = `${group}/providers/Microsoft.KeyVault/vaults/${vault}`;
  const settings = { vault: { name: vault } };
  const secret = "forecast-loader-credential";

  it("passes where no deleted secret has it, and fails where one has", async () => {
    await examined.administrator.layOut();
    expect(await examined.findings("deletedSecret", { settings })).toEqual([
      { check: "deletedSecret", subject: `${secret} in ${vault}`, result: "passed" },
    ]);
    await examined.administrator.arm("PUT", `${vaultId}/secrets/${secret}`, "2023-07-01", {
      properties: { value: "old" },
    });
    const { status } = await examined.azure.call(
      "deployer",
      "https://vault.azure.net/.default",
      "DELETE",
      `https://${vault}.vault.azure.net/secrets/${secret}?api-version=7.4`,
    );
    expect(status).toBe(200);
    expect(await examined.findings("deletedSecret", { settings })).toEqual([
      {
        check: "deletedSecret",
        subject: `${secret} in ${vault}`,
        result: "failed",
        detail: "a deleted secret has the name",
        remedy: `npx daemon-access credentials recover --vault https://${vault}.vault.azure.net --secret ${secret}, and the import it prints; or give the daemon another name`,
      },
    ]);
  });
});

describe("a display name", () => {
  const daemons = [daemon({ displayName: "Forecast loader" })];

  it("fails where another's application has it", async () => {
    const { appId = "" } = await examined.administrator.graph("POST", "/applications", {
      displayName: "Forecast loader",
    });
    expect(await examined.findings("displayName", { daemons })).toEqual([
      {
        check: "displayName",
        subject: "Forecast loader",
        result: "failed",
        detail: `${appId} has it, and the deployer does not own it`,
        remedy: "Set the daemon's displayName to another, or take the application over with existing.clientId.",
      },
    ]);
  });

  it("is a note where the deployer owns that application, and where a deleted one had it", async () => {
    const owner = `https://graph.microsoft.com/v1.0/directoryObjects/${identities.deployer.objectId}`;
    const { id = "", appId = "" } = await examined.administrator.graph("POST", "/applications", {
      displayName: "Forecast loader",
      "owners@odata.bind": [owner],
    });
    const [own] = await examined.findings("displayName", { daemons });
    expect(own).toMatchObject({ result: "note", detail: expect.stringContaining(appId) as string });
    await examined.administrator.graph("DELETE", `/applications/${id}`);
    const [gone] = await examined.findings("displayName", { daemons });
    expect(gone).toEqual({
      check: "displayName",
      subject: "Forecast loader",
      result: "note",
      detail: `a deleted application had it, ${appId}; it can be restored for 30 days`,
    });
  });
});
