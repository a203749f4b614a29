import { randomUUID } from "node:crypto";
import { examineThrough } from "../../../../tools/doctor/examine";
import { rightsOf } from "../../../../tools/doctor/rights/rightsList";
import {
  identities,
  resourceGroupId,
  subscription,
  type IdentityName,
} from "../../../../local/azure/landingZone/layout";
import { LocalApi } from "../support/localApi";
import { ExaminedAzure, group, scope } from "../support/examinedAzure";
import { daemon, recordingOf } from "../support/stackRights";

const provider = `${scope}/providers`;

let examined: ExaminedAzure;
beforeEach(async () => {
  examined = await ExaminedAzure.open();
});
afterEach(() => examined.close());

describe("a resource provider", () => {
  it("that is registered passes", async () => {
    expect(await examined.findings("registration")).toEqual([
      { check: "registration", subject: "Microsoft.KeyVault", result: "passed" },
    ]);
  });

  it("that is not fails where the deployer may not register it, and is a note where it may", async () => {
    await examined.administrator.arm("POST", `${provider}/Microsoft.KeyVault/unregister`, "2021-04-01");
    expect(await examined.findings("registration")).toEqual([
      {
        check: "registration",
        subject: "Microsoft.KeyVault",
        result: "failed",
        detail: "NotRegistered",
        remedy: `az provider register --namespace Microsoft.KeyVault --subscription ${subscription.id} --wait`,
      },
    ]);
    expect(await examined.findings("registration", { as: "administrator" })).toEqual([
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
    await examined.administrator.arm("DELETE", group, "2021-04-01");
    const [finding] = await examined.findings("exists", { as: "administrator" });
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
    expect(await examined.findings("exists", { daemons, as: "administrator" })).toContainEqual({
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
    const found = await examined.findings("azureAction", {
      daemons: [daemon({ machineLearning: { workspaceId } })],
      as,
    });
    return found.filter(
      ({ scope: at, result }) => at?.toLowerCase() === workspaceId.toLowerCase() && result !== "passed",
    );
  };

  it("is unknown where its scope is not there, and no role is asked for on it", async () => {
    await examined.letRead();
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
    await examined.letRead();
    const lacking = await examined.findings("azureAction", { as: "stranger" });
    expect(lacking.filter(({ remedy = "" }) => remedy.startsWith("az role assignment create "))).toEqual([]);
    const own = await examined.findings("azureAction", {
      daemons: [daemon({ graph: { permissions: ["User.Read.All"] } })],
    });
    expect(own.filter(({ result }) => result !== "passed")).toEqual([]);
  });
});

describe("an application that is taken over", () => {
  it("has to count the deployer among its owners", async () => {
    const { id = "", appId = "" } = await examined.administrator.graph("POST", "/applications", {
      displayName: "By hand",
    });
    await examined.administrator.graph("POST", "/servicePrincipals", { appId });
    const daemons = [daemon({ existing: { clientId: appId } })];
    const [before] = await examined.findings("ownership", { daemons });
    expect(before).toMatchObject({
      check: "ownership",
      subject: appId,
      result: "failed",
      detail: "the deployer does not own it",
      remedy: `az ad app owner add --id ${appId} --owner-object-id ${identities.deployer.objectId}`,
    });
    await examined.administrator.graph("POST", `/applications/${id}/owners/$ref`, {
      "@odata.id": `https://graph.microsoft.com/v1.0/directoryObjects/${identities.deployer.objectId}`,
    });
    const [after] = await examined.findings("ownership", { daemons });
    expect(after).toMatchObject({ result: "passed" });
    expect(await examined.findings("displayName", { daemons })).toEqual([]);
  });

  it("has to be there", async () => {
    const clientId = randomUUID();
    const [finding] = await examined.findings("ownership", { daemons: [daemon({ existing: { clientId } })] });
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
    await examined.letRead();
    expect(await examined.findings("quota", { daemons })).toEqual([
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
    await examined.azure.call(
      "deployer",
      "https://graph.microsoft.com/.default",
      "POST",
      "https://graph.microsoft.com/v1.0/applications",
      {
        displayName: "somebody else",
      },
    );
    expect(await examined.findings("quota", { daemons })).toContainEqual(
      expect.objectContaining({ subject: "objects that the deployer owns in Entra ID", detail: "1 of 250 used" }),
    );
    const [, directory] = await examined.findings("quota", { daemons, as: "administrator" });
    expect(directory).toMatchObject({
      subject: "objects of the directory",
      detail: expect.stringMatching(/^\d+ of 300000 used$/) as string,
      result: "passed",
    });
  });
});

it("who cannot sign in hears of that, and of nothing else", async () => {
  const recording = await recordingOf([daemon()]);
  const api = new LocalApi(examined.azure, { clientId: identities.deployer.clientId, clientSecret: "not its secret" });
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
