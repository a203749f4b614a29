import { identities, resourceGroupId, resourceGroups, workspaceId } from "../../../../local/azure/landingZone/layout";
import { people } from "../../../../local/azure/landingZone/people";
import { seedLandingZone } from "../../../../local/azure/landingZone/seed";
import type { Cloud } from "../../../../local/azure/cloud";
import { LocalAzureForTests } from "../../../support/localAzure";
import { Arm } from "../arm/armClient";

const daemons = resourceGroupId(resourceGroups.daemons);
const { deployer, consumer, stranger } = identities;

describe("the landing zone", () => {
  let azure: LocalAzureForTests;
  let cloud: Cloud;

  beforeAll(async () => {
    azure = await LocalAzureForTests.open();
    cloud = azure.azure.cloud;
  });
  afterAll(() => azure.close());

  it("gives each identity a secret that signs it in", async () => {
    for (const identity of ["deployer", "consumer", "stranger", "administrator"] as const) {
      expect(await azure.token(identity, "https://management.azure.com/.default")).toEqual(expect.any(String));
    }
  });

  it.each([
    ["deployer", "Microsoft.Storage/storageAccounts/write", daemons, true],
    ["deployer", "Microsoft.KeyVault/vaults/write", daemons, true],
    ["deployer", "Microsoft.KeyVault/vaults/secrets/write", daemons, true],
    ["deployer", "Microsoft.KeyVault/locations/deletedVaults/purge/action", daemons, false],
    ["deployer", "Microsoft.Authorization/roleAssignments/write", daemons, true],
    ["deployer", "Microsoft.Authorization/roleAssignments/write", workspaceId, true],
    ["deployer", "Microsoft.MachineLearningServices/workspaces/write", workspaceId, false],
    ["deployer", "Microsoft.KeyVault/vaults/read", resourceGroupId(resourceGroups.machineLearning), false],
    ["consumer", "Microsoft.KeyVault/vaults/read", daemons, true],
    ["consumer", "Microsoft.Storage/storageAccounts/read", daemons, false],
    ["stranger", "Microsoft.KeyVault/vaults/read", daemons, false],
    ["administrator", "Microsoft.Resources/subscriptions/resourceGroups/write", daemons, true],
  ] as const)("lets the %s do %s at %s: %s", (identity, action, scope, allowed) => {
    expect(cloud.access.allows(identities[identity].objectId, action, scope)).toBe(allowed);
  });

  it("lets the deployer write secrets, and the consumer read none", () => {
    const secret = `${daemons}/providers/Microsoft.KeyVault/vaults/kv/secrets/loader`;
    const may = ({ objectId }: { objectId: string }, action: string) =>
      cloud.access.allowsData(objectId, `Microsoft.KeyVault/vaults/secrets/${action}`, secret);
    expect(may(deployer, "setSecret/action")).toBe(true);
    expect(may(consumer, "readMetadata/action")).toBe(true);
    expect(may(consumer, "getSecret/action")).toBe(false);
    expect(may(stranger, "readMetadata/action")).toBe(false);
  });

  it("has people, one of them a guest", () => {
    expect(people).toHaveLength(6);
    for (const { objectId, displayName } of people) {
      expect(cloud.directory.principal(objectId)).toMatchObject({ kind: "User", displayName });
    }
    expect(people.filter(({ userType }) => userType === "Guest")).toHaveLength(1);
    for (const { userPrincipalName, userType } of people) {
      expect(userPrincipalName).toMatch(
        userType === "Guest" ? /#EXT#@contoso\.onmicrosoft\.com$/ : /^[a-z.]+@contoso\.example$/,
      );
    }
  });

  it("has a workspace with the storage account and vault it names", async () => {
    const arm = new Arm(azure);
    const { body } = await arm.get("administrator", workspaceId);
    const { storageAccount, keyVault } = (body as { properties: Record<string, string> }).properties;
    expect((await arm.get("administrator", storageAccount ?? "")).status).toBe(200);
    expect((await arm.get("administrator", keyVault ?? "")).status).toBe(200);
  });

  it("changes nothing in a state that has been laid out", () => {
    const untouchable = new Proxy(cloud.directory, {
      get: (_target, property) => {
        throw new Error(`the directory's ${String(property)} was used`);
      },
    });
    expect(() => {
      seedLandingZone({ ...cloud, directory: untouchable });
    }).not.toThrow();
  });

  it("is laid out once: what is deleted since stays deleted", async () => {
    const arm = new Arm(azure);
    const accepted = await arm.send("administrator", "DELETE", daemons);
    await arm.follow("administrator", accepted.headers.get("location") ?? "");
    await azure.restart();
    expect((await arm.get("administrator", daemons)).status).toBe(404);
    expect(azure.azure.cloud.access.allows(deployer.objectId, "Microsoft.KeyVault/vaults/write", daemons)).toBe(false);
  });
});
