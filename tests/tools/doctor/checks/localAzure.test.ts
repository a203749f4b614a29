import { randomUUID } from "node:crypto";
import { examineThrough } from "../../../../tools/doctor/examine";
import type { CheckName } from "../../../../tools/doctor/checks/finding";
import { rightsOf } from "../../../../tools/doctor/rights/rightsList";
import {
  identities,
  resourceGroupId,
  subscription,
  type IdentityName,
} from "../../../../local/azure/landingZone/layout";
import { Administrator, vaultUrl } from "../../../support/delivery";
import { LocalAzureForTests } from "../../../support/localAzure";
import { LocalApi } from "../support/localApi";
import { daemon, recordingOf } from "../support/stackRights";

const scope = `/subscriptions/${subscription.id}`;
const provider = `${scope}/providers`;
const group = resourceGroupId("rg-daemons");
const reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7";

let azure: LocalAzureForTests;
let administrator: Administrator;

beforeEach(async () => {
  azure = await LocalAzureForTests.open();
  administrator = new Administrator(azure);
});
afterEach(() => azure.close());

interface Examined {
  readonly daemons?: readonly object[];
  readonly settings?: Readonly<Record<string, object>>;
  readonly as?: IdentityName;
}

/** Findings of one check. */
async function findings(check: CheckName, { daemons = [daemon()], settings = {}, as = "deployer" }: Examined = {}) {
  const recording = await recordingOf(daemons, settings);
  const client = { clientId: identities[as].clientId, clientSecret: azure.secretOf(as) };
  const options = { recording, rights: rightsOf(recording, "test"), progress: () => undefined };
  const examined = await examineThrough(new LocalApi(azure, client), options);
  return examined.findings.filter((finding) => finding.check === check);
}
/** Lets the deployer read the whole subscription. */
const letRead = (): Promise<string> => administrator.assign(scope, reader, identities.deployer.objectId);

const makeVault = (name: string, changes: object = {}): Promise<unknown> =>
  administrator.arm("PUT", `${group}/providers/Microsoft.KeyVault/vaults/${name}`, "2023-07-01", {
    location: "westeurope",
    properties: {
      tenantId: "3d5f1c7a-2b64-4e0f-9a18-6c0e5b7d9f21",
      sku: { family: "A", name: "standard" },
      enableRbacAuthorization: true,
      ...changes,
    },
  });

describe("a resource provider", () => {
  it("that is registered passes", async () => {
    expect(await findings("registration")).toEqual([
      { check: "registration", subject: "Microsoft.KeyVault", result: "passed" },
    ]);
  });

  it("that is not fails where the deployer may not register it, and is a note where it may", async () => {
    await administrator.arm("POST", `${provider}/Microsoft.KeyVault/unregister`, "2021-04-01");
    expect(await findings("registration")).toEqual([
      {
        check: "registration",
        subject: "Microsoft.KeyVault",
        result: "failed",
        detail: "NotRegistered",
        remedy: `az provider register --namespace Microsoft.KeyVault --subscription ${subscription.id} --wait`,
      },
    ]);
    expect(await findings("registration", { as: "administrator" })).toEqual([
      {
        check: "registration",
        subject: "Microsoft.KeyVault",
        result: "note",
        detail: "NotRegistered; the first up registers it, as the deployer may",
      },
    ]);
  });
});

describe("what the stack builds on", () => {
  it("fails with the command that makes it where it is not there", async () => {
    await administrator.arm("DELETE", group, "2021-04-01");
    const [finding] = await findings("exists", { as: "administrator" });
    expect(finding).toEqual({
      check: "exists",
      subject: group,
      result: "failed",
      detail: "is not there",
      remedy: `az group create --name rg-daemons --location westeurope --subscription ${subscription.id}; or correct azure-daemon-access:resourceGroupName`,
    });
  });

  it("fails for a workspace that nobody has made", async () => {
    const workspaceId = `${group}/providers/Microsoft.MachineLearningServices/workspaces/mlw-none`;
    const daemons = [daemon({ machineLearning: { workspaceId } })];
    // Its rights are those of the group around it, so the workspace is looked at by itself.
    expect(await findings("exists", { daemons, as: "administrator" })).toContainEqual({
      check: "exists",
      subject: workspaceId,
      result: "failed",
      detail: "is not there",
      remedy:
        "Correct the ID in the stack's settings, or have Microsoft.MachineLearningServices/workspaces mlw-none made first.",
    });
  });
});

describe("an Azure action that the deployer lacks", () => {
  const workspaceOf = (resourceGroup: string): string =>
    `${resourceGroupId(resourceGroup)}/providers/Microsoft.MachineLearningServices/workspaces/mlw-none`;
  const onWorkspace = async (workspaceId: string, as: IdentityName) => {
    const found = await findings("azureAction", { daemons: [daemon({ machineLearning: { workspaceId } })], as });
    return found.filter(
      ({ scope: at, result }) => at?.toLowerCase() === workspaceId.toLowerCase() && result !== "passed",
    );
  };

  it("is unknown where its scope is not there, and no role is asked for on it", async () => {
    await letRead();
    const lacking = await onWorkspace(workspaceOf("rg-none"), "deployer");
    expect(lacking.map(({ result, detail }) => [result, detail])).toContainEqual(["unknown", "the scope is not there"]);
    for (const { remedy } of lacking) {
      expect(remedy).toBe(
        `No role can be assigned on a scope that does not exist. Create ${workspaceOf("rg-none")} first, or correct its name in the stack's settings.`,
      );
    }
  });

  it("names both possibilities to who can't tell a missing scope from a missing right", async () => {
    const missing = workspaceOf("rg-none");
    const lacking = await onWorkspace(missing, "stranger");
    expect(lacking).not.toEqual([]);
    for (const { result, remedy } of lacking) {
      expect(result).toBe("failed");
      expect(remedy).toContain(`Check that ${missing} exists`);
      expect(remedy).toContain("If it exists: az role assignment create ");
    }
  });

  it("asks for the role where the scope is there", async () => {
    await letRead();
    const lacking = await findings("azureAction", { as: "stranger" });
    expect(lacking.filter(({ remedy = "" }) => remedy.startsWith("az role assignment create "))).toEqual([]);
    const own = await findings("azureAction", { daemons: [daemon({ graph: { permissions: ["User.Read.All"] } })] });
    expect(own.filter(({ result }) => result !== "passed")).toEqual([]);
  });
});

describe("a name that the settings fix", () => {
  const settings = { vault: { name: "kv-chosen" }, lake: { accountName: "stchosen" } };
  const daemons = [daemon({ lake: { fileSystem: "forecasts" } })];

  it("is unknown to who may not ask, with the right that lets them", async () => {
    const [vault] = await findings("name", { settings });
    expect(vault).toMatchObject({
      subject: "kv-chosen",
      result: "unknown",
      reason: { code: "AuthorizationFailed" },
      remedy:
        "Give the deployer Microsoft.KeyVault/checkNameAvailability/read on the subscription, for example by the role Reader.",
    });
  });

  it("passes where it is free", async () => {
    await letRead();
    expect(await findings("name", { daemons, settings })).toEqual([
      { check: "name", subject: "kv-chosen", result: "passed" },
      { check: "name", subject: "stchosen", result: "passed" },
    ]);
  });

  it("fails where somebody else has it", async () => {
    await letRead();
    const [finding] = await findings("name", { daemons, settings: { lake: { accountName: "stmlwforecast" } } });
    expect(finding).toEqual({
      check: "name",
      subject: "stmlwforecast",
      result: "failed",
      detail: "The storage account named stmlwforecast is already taken.",
      remedy: "Set azure-daemon-access:lake.accountName to a name that is free, or leave it out.",
    });
  });

  it("fails where a deleted vault has it, with the setting that brings it back, and takes that setting", async () => {
    await letRead();
    await makeVault("kv-chosen");
    await administrator.arm("DELETE", `${group}/providers/Microsoft.KeyVault/vaults/kv-chosen`, "2023-07-01");
    const [finding] = await findings("name", { settings });
    expect(finding).toEqual({
      check: "name",
      subject: "kv-chosen",
      result: "failed",
      detail: "a deleted vault has it until its retention has passed",
      remedy:
        "set azure-daemon-access:vault.recover to true to bring it back, or azure-daemon-access:vault.name to another name",
    });
    const vault = { name: "kv-chosen", recover: true };
    const [recovered] = await findings("name", { settings: { ...settings, vault } });
    expect(recovered).toEqual({
      check: "name",
      subject: "kv-chosen",
      result: "note",
      detail: "a deleted vault has it and will be recovered",
    });
  });

  it("is a note where the resource is there, as it is after the first run", async () => {
    await makeVault("kv-chosen");
    const [finding] = await findings("name", { settings });
    expect(finding).toMatchObject({ subject: "kv-chosen", result: "note" });
  });
});

describe("a secret's name in a vault that is there", () => {
  const [vault = ""] = new URL(vaultUrl).host.split(".");
  const vaultId = `${group}/providers/Microsoft.KeyVault/vaults/${vault}`;
  const settings = { vault: { name: vault } };
  const secret = "forecast-loader-credential";

  it("passes where no deleted secret has it, and fails where one has", async () => {
    await administrator.layOut();
    expect(await findings("deletedSecret", { settings })).toEqual([
      { check: "deletedSecret", subject: `${secret} in ${vault}`, result: "passed" },
    ]);
    await administrator.arm("PUT", `${vaultId}/secrets/${secret}`, "2023-07-01", { properties: { value: "old" } });
    const { status } = await azure.call(
      "deployer",
      "https://vault.azure.net/.default",
      "DELETE",
      `https://${vault}.vault.azure.net/secrets/${secret}?api-version=7.4`,
    );
    expect(status).toBe(200);
    expect(await findings("deletedSecret", { settings })).toEqual([
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
    const { appId = "" } = await administrator.graph("POST", "/applications", { displayName: "Forecast loader" });
    expect(await findings("displayName", { daemons })).toEqual([
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
    const { id = "", appId = "" } = await administrator.graph("POST", "/applications", {
      displayName: "Forecast loader",
      "owners@odata.bind": [owner],
    });
    const [own] = await findings("displayName", { daemons });
    expect(own).toMatchObject({ result: "note", detail: expect.stringContaining(appId) as string });
    await administrator.graph("DELETE", `/applications/${id}`);
    const [gone] = await findings("displayName", { daemons });
    expect(gone).toEqual({
      check: "displayName",
      subject: "Forecast loader",
      result: "note",
      detail: `a deleted application had it, ${appId}; it can be restored for 30 days`,
    });
  });
});

describe("an application that is taken over", () => {
  it("has to count the deployer among its owners", async () => {
    const { id = "", appId = "" } = await administrator.graph("POST", "/applications", { displayName: "By hand" });
    await administrator.graph("POST", "/servicePrincipals", { appId });
    const daemons = [daemon({ existing: { clientId: appId } })];
    const [before] = await findings("ownership", { daemons });
    expect(before).toMatchObject({
      check: "ownership",
      subject: appId,
      result: "failed",
      detail: "the deployer does not own it",
      remedy: `az ad app owner add --id ${appId} --owner-object-id ${identities.deployer.objectId}`,
    });
    await administrator.graph("POST", `/applications/${id}/owners/$ref`, {
      "@odata.id": `https://graph.microsoft.com/v1.0/directoryObjects/${identities.deployer.objectId}`,
    });
    const [after] = await findings("ownership", { daemons });
    expect(after).toMatchObject({ result: "passed" });
    expect(await findings("displayName", { daemons })).toEqual([]);
  });

  it("has to be there", async () => {
    const clientId = randomUUID();
    const [finding] = await findings("ownership", { daemons: [daemon({ existing: { clientId } })] });
    expect(finding).toMatchObject({
      check: "ownership",
      subject: clientId,
      result: "failed",
      detail: "there is no such application",
      remedy: "Correct existing.clientId in the stack's settings: the tenant has no application with this client ID.",
    });
  });
});

describe("quotas", () => {
  const daemons = [daemon({ lake: { fileSystem: "forecasts" } })];

  it("tell how much is used of what", async () => {
    await letRead();
    expect(await findings("quota", { daemons })).toEqual([
      { check: "quota", subject: "storage accounts in westeurope", detail: "1 of 250 used", result: "passed" },
      expect.objectContaining({ subject: "objects of the directory", result: "unknown" }),
      {
        check: "quota",
        subject: "objects that the deployer owns in Entra ID",
        detail: "0 of 250 used",
        result: "passed",
      },
      {
        check: "quota",
        subject: "role assignments of the subscription",
        detail: expect.stringMatching(/^1\d of 4000 used$/) as string,
        result: "passed",
      },
    ]);
    await azure.call(
      "deployer",
      "https://graph.microsoft.com/.default",
      "POST",
      "https://graph.microsoft.com/v1.0/applications",
      {
        displayName: "somebody else",
      },
    );
    expect(await findings("quota", { daemons })).toContainEqual(
      expect.objectContaining({ subject: "objects that the deployer owns in Entra ID", detail: "1 of 250 used" }),
    );
    const [, directory] = await findings("quota", { daemons, as: "administrator" });
    expect(directory).toMatchObject({
      subject: "objects of the directory",
      detail: expect.stringMatching(/^\d+ of 300000 used$/) as string,
      result: "passed",
    });
  });
});

it("who cannot sign in hears of that, and of nothing else", async () => {
  const recording = await recordingOf([daemon()]);
  const api = new LocalApi(azure, { clientId: identities.deployer.clientId, clientSecret: "not its secret" });
  const options = { recording, rights: rightsOf(recording, "test"), progress: () => undefined };
  const { deployer, findings: found } = await examineThrough(api, options);
  expect(deployer).toBeUndefined();
  expect(found).toEqual([
    expect.objectContaining({
      check: "signIn",
      result: "failed",
      reason: expect.objectContaining({ code: "AADSTS7000215" }) as unknown,
    }),
  ]);
});
