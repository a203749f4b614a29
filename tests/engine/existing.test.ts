import { DaemonAccess, DataLake, existingVault } from "../../components/index";
import { identities, resourceGroupId, resourceGroups, tenant } from "../../local/azure/landingZone/layout";
import { Deployment } from "../local/providers/deployment";

jest.setTimeout(300_000);

const arm = "https://management.azure.com";
const armScope = `${arm}/.default`;
const group = resourceGroupId(resourceGroups.daemons);
const vaultId = `${group}/providers/Microsoft.KeyVault/vaults/kv-platform`;
const accountId = `${group}/providers/Microsoft.Storage/storageAccounts/stplatform`;
const secretsOfficer = "b86a8fe4-44ce-4948-aee5-eccb2c155cd7";

describe("a vault and a lake that are there already, on the engine", () => {
  let deployment: Deployment;

  const call = (method: string, path: string, body?: object) =>
    deployment.local.call("administrator", armScope, method, `${arm}${path}?api-version=2024-01-01`, body);

  beforeAll(async () => {
    deployment = await Deployment.open();
    const location = "westeurope";
    await call("PUT", vaultId, {
      location,
      tags: { owner: "platform" },
      properties: {
        tenantId: tenant.id,
        sku: { family: "A", name: "standard" },
        enableRbacAuthorization: true,
        enablePurgeProtection: true,
      },
    });
    await call("PUT", accountId, {
      location,
      tags: { owner: "platform" },
      kind: "StorageV2",
      sku: { name: "Standard_LRS" },
      properties: { isHnsEnabled: true },
    });
    deployment.local.clock.advance({ seconds: 6 });
    await call("PUT", `${accountId}/blobServices/default/containers/archive`, {});
    // A secret is deleted on the vault itself, where its owner has no right by that alone.
    const { objectId: principalId } = identities.administrator;
    deployment.local.azure.cloud.access.seed({ principalId, roleDefinitionId: secretsOfficer, scope: group });
  });
  afterAll(() => deployment.close());

  it("get a daemon's secret, roles and file system, and are left as they were", async () => {
    const [vaultBefore, accountBefore] = [await call("GET", vaultId), await call("GET", accountId)];
    const stack = await deployment.stack("existing", () => {
      const vault = existingVault(vaultId);
      const account = new DataLake("stdaemons", { accountId, fileSystems: ["forecasts"] });
      const daemon = (name: string, fileSystem: string): DaemonAccess =>
        new DaemonAccess(name, {
          secret: { endDate: "2027-01-01T00:00:00Z" },
          asOf: "2026-03-01T00:00:00Z",
          lake: { account, fileSystem },
          vault,
          readers: [{ objectId: identities.consumer.objectId }],
        });
      daemon("loader", "forecasts");
      daemon("archiver", "archive");
      return Promise.resolve({});
    });

    const { summary } = await stack.up({ color: "never" });
    expect(Object.keys(summary.resourceChanges ?? {})).toEqual(["create"]);
    const read = await deployment.local.call(
      "consumer",
      "https://vault.azure.net/.default",
      "GET",
      "https://kv-platform.vault.azure.net/secrets/loader-credential?api-version=2025-07-01",
    );
    expect(read.status).toBe(200);
    const refreshed = await stack.refresh({ color: "never" });
    expect(Object.keys(refreshed.summary.resourceChanges ?? {})).toEqual(["same"]);

    await stack.destroy({ color: "never" });
    expect((await call("GET", vaultId)).body).toEqual(vaultBefore.body);
    expect((await call("GET", accountId)).body).toEqual(accountBefore.body);
    const containers = await call("GET", `${accountId}/blobServices/default/containers`);
    expect((containers.body as { value: { name: string }[] }).value.map(({ name }) => name)).toEqual(["archive"]);
  });
});
