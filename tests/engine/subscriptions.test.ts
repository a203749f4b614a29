import {
  DaemonApplication,
  DataLake,
  DaemonAccess,
  existingVault,
  MachineLearningAccess,
} from "../../components/index";
import {
  neighbourStorageAccountId,
  neighbourVaultId,
  neighbourWorkspaceId,
} from "../../local/azure/arm/neighbour/neighbourResources";
import { identities, neighbour, subscription, workspace, workspaceId } from "../../local/azure/landingZone/layout";
import { Deployment } from "../local/providers/deployment";

jest.setTimeout(300_000);

const OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";

interface Assignment {
  readonly properties: { readonly scope: string; readonly roleDefinitionId: string; readonly principalId: string };
}

/** Two subscriptions, each with a workspace of the same resource group and name; this program deploys to one. */
describe("IDs in another subscription, on the engine", () => {
  let deployment: Deployment;

  const assignmentsIn = async (id: string): Promise<readonly Assignment["properties"][]> => {
    const url = `https://management.azure.com/subscriptions/${id}/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01`;
    const scope = "https://management.azure.com/.default";
    const { body } = await deployment.local.call("administrator", scope, "GET", url);
    return (body as { value: readonly Assignment[] }).value.map(({ properties }) => properties);
  };

  beforeAll(async () => {
    deployment = await Deployment.open();
    deployment.local.azure.cloud.access.seed({
      principalId: identities.administrator.objectId,
      roleDefinitionId: OWNER,
      scope: `/subscriptions/${neighbour.id}`,
    });
  });
  afterAll(() => deployment.close());

  it("lead to the namesake that they name, for what is given by its whole ID", async () => {
    const before = await assignmentsIn(subscription.id);
    const stack = await deployment.stack("given", () => {
      const principal = new DaemonApplication("loader", { displayName: "Loader" });
      new MachineLearningAccess("loader", {
        principal,
        workspaceId: neighbourWorkspaceId,
        role: "Reader",
        linkedResources: { job: "train", storageAccountId: neighbourStorageAccountId, vaultId: neighbourVaultId },
      });
      const account = new DataLake("stplatform", { accountId: neighbourStorageAccountId, fileSystems: [] });
      new DaemonAccess("mailer", {
        secret: { endDate: "2027-01-01T00:00:00Z" },
        lake: { account, fileSystem: "reports" },
        vault: existingVault(
          workspaceId.replace(/providers.*/, `providers/Microsoft.KeyVault/vaults/${workspace.vault}`),
        ),
      });
      return Promise.resolve({ objectId: principal.objectId });
    });
    const asked: string[] = [];
    const stop = deployment.local.azure.requests.listen(({ method, path }, { body }) => {
      if (method !== "PUT" || !path.includes("/roleAssignments/")) return;
      const { properties } = JSON.parse(body.toString("utf8")) as Assignment;
      asked.push(properties.roleDefinitionId);
    });
    await stack.up({ color: "never" });
    stop();
    // Azure keeps the definition under the scope's subscription, whatever it was asked with.
    expect(asked).toEqual(
      Array(4).fill(expect.stringMatching(new RegExp(`^/subscriptions/${neighbour.id}/providers/`))),
    );
    const given = (await assignmentsIn(neighbour.id)).filter(
      ({ principalId }) => principalId !== identities.administrator.objectId,
    );
    expect(given.map(({ scope }) => scope).sort()).toEqual(
      [
        neighbourStorageAccountId,
        `${neighbourStorageAccountId}/blobServices/default/containers/reports`,
        neighbourVaultId,
        neighbourWorkspaceId,
      ].sort(),
    );
    for (const { roleDefinitionId } of given) {
      expect(roleDefinitionId).toMatch(new RegExp(`^/subscriptions/${neighbour.id}/`));
    }
    expect(await assignmentsIn(subscription.id)).toEqual(before);
  });
});
