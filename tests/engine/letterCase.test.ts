import type { Stack } from "@pulumi/pulumi/automation";
import {
  CredentialVault,
  DaemonAccess,
  DataLake,
  existingVault,
  MachineLearningAccess,
  MachineLearningCompute,
  MachineLearningRole,
} from "../../components/index";
import {
  identities,
  resourceGroupId,
  resourceGroups,
  tenant,
  workspace,
  workspaceId,
} from "../../local/azure/landingZone/layout";
import { people } from "../../local/azure/landingZone/people";
import { Deployment } from "../local/providers/deployment";

jest.setTimeout(300_000);

type Spell = (id: string) => string;

const asIs: Spell = (id) => id;
const capitals: Spell = (id) => id.toUpperCase();
/** As tools write IDs that have passed through several services. */
const small: Spell = (id) => id.toLowerCase();
const mixed: Spell = (id) =>
  Array.from(id, (letter, at) => (at % 2 === 0 ? letter.toUpperCase() : letter.toLowerCase())).join("");

const group = resourceGroupId(resourceGroups.daemons);
const workspaceGroup = resourceGroupId(resourceGroups.machineLearning);
const network = `${group}/providers/Microsoft.Network/virtualNetworks/vnet-hub`;
const subnet = `${network}/subnets/snet-endpoints`;
const zone = `${group}/providers/Microsoft.Network/privateDnsZones/privatelink.vaultcore.azure.net`;
const logs = `${group}/providers/Microsoft.OperationalInsights/workspaces/log-platform`;
const account = `${workspaceGroup}/providers/Microsoft.Storage/storageAccounts/${workspace.storageAccount}`;
const platformVault = `${workspaceGroup}/providers/Microsoft.KeyVault/vaults/${workspace.vault}`;

/** Every kind of ID that comes from outside, each spelled in its own way. */
const program =
  (spell: Spell, assignee: keyof typeof identities = "stranger"): (() => Promise<Record<string, unknown>>) =>
  () => {
    const place = { resourceGroupName: resourceGroups.daemons, location: "westeurope" };
    const vault = new CredentialVault("kv-daemons", {
      ...place,
      tenantId: spell(tenant.id),
      allowedSubnetIds: [spell(subnet)],
      privateEndpoint: { subnetId: spell(subnet), privateDnsZoneId: spell(zone) },
      diagnostics: { workspaceId: spell(logs) },
    });
    const lake = new DataLake("stdaemons", { ...place, allowedSubnetIds: [spell(subnet)], fileSystems: ["forecasts"] });
    const platformLake = new DataLake("stplatform", { accountId: spell(account), fileSystems: ["reports"] });
    const role = new MachineLearningRole("training", { workspaceId: spell(workspaceId), job: "train" });
    const shared = { secret: { endDate: "2027-01-01T00:00:00Z" }, asOf: "2026-03-01T00:00:00Z" };
    const readers = [{ objectId: spell(identities.consumer.objectId) }];
    new DaemonAccess("loader", {
      ...shared,
      owners: [spell(people[0]?.objectId ?? "")],
      lake: { account: lake, fileSystem: "forecasts" },
      machineLearning: {
        workspaceId: spell(workspaceId),
        job: "train",
        jobRole: { roleDefinitionId: role.roleDefinitionId.apply(spell) },
        linkedResources: { lookUp: ["storageAccount"], vaultId: spell(platformVault) },
      },
      vault,
      readers,
    });
    const platform = existingVault(spell(platformVault));
    new DaemonAccess("mailer", {
      ...shared,
      lake: { account: platformLake, fileSystem: "reports" },
      vault: platform,
      readers,
    });
    new DaemonAccess("runner", {
      managedIdentity: {
        resourceGroupName: spell(resourceGroups.daemons),
        location: "westeurope",
        federated: [
          {
            name: "host",
            managedIdentity: { principalId: spell(identities.stranger.objectId), tenantId: spell(tenant.id) },
          },
        ],
      },
      vault: platform,
      readers,
    });
    new MachineLearningAccess("stranger", {
      principal: {
        clientId: spell(identities[assignee].clientId),
        objectId: spell(identities[assignee].objectId),
        tenantId: spell(tenant.id),
      },
      workspaceId: spell(workspaceId),
      role: spell("/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7"),
    });
    new MachineLearningCompute("cpu-cluster", { workspaceId: spell(workspaceId), location: "westeurope" });
    return Promise.resolve({ platformVaultId: platform.vaultId, platformVaultName: platform.vaultName });
  };

describe("an ID in another letter case, on the engine", () => {
  let deployment: Deployment;
  let stack: Stack;

  const put = async (path: string, body: object): Promise<void> => {
    const url = `https://management.azure.com${path}?api-version=2024-05-01`;
    const { status } = await deployment.local.call(
      "administrator",
      "https://management.azure.com/.default",
      "PUT",
      url,
      body,
    );
    expect(status).toBe(201);
  };
  const changes = async (spell: Spell): Promise<string[]> => {
    const { summary } = await stack.up({ program: program(spell), color: "never" });
    return Object.keys(summary.resourceChanges ?? {});
  };

  beforeEach(async () => {
    deployment = await Deployment.open();
    await put(network, {
      location: "westeurope",
      properties: {
        addressSpace: { addressPrefixes: ["10.20.0.0/16"] },
        subnets: [
          {
            name: "snet-endpoints",
            properties: {
              addressPrefix: "10.20.1.0/24",
              serviceEndpoints: [{ service: "Microsoft.KeyVault" }, { service: "Microsoft.Storage" }],
            },
          },
        ],
      },
    });
    await put(zone, { location: "global" });
    await put(logs, { location: "westeurope", properties: {} });
  });
  afterEach(() => deployment.close());

  it("is no change of anything that was made with the usual spelling, no drift, and not taken for another ID", async () => {
    stack = await deployment.stack("usual", program(asIs));
    expect(await changes(asIs)).toEqual(["create"]);
    expect(await changes(capitals)).toEqual(["same"]);
    expect(await changes(mixed)).toEqual(["same"]);
    const { summary } = await stack.refresh({ color: "never" });
    expect(Object.keys(summary.resourceChanges ?? {})).toEqual(["same"]);
    expect(await changes(small)).toEqual(["same"]);

    // What is really another ID gets an assignment of its own.
    const other = await stack.up({ program: program(capitals, "consumer"), color: "never" });
    expect(other.summary.resourceChanges).toMatchObject({ replace: 1 });
    const url = `https://management.azure.com${workspaceId}/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01`;
    const scope = "https://management.azure.com/.default";
    const { body } = await deployment.local.call("administrator", scope, "GET", url);
    const principals = (body as { value: { properties: { principalId: string } }[] }).value.map(
      ({ properties }) => properties.principalId,
    );
    expect(principals).toContain(identities.consumer.objectId);
    expect(principals).not.toContain(identities.stranger.objectId);
  });

  it("is no change of anything that was made with capitals", async () => {
    stack = await deployment.stack("capitals", program(capitals));
    expect(await changes(capitals)).toEqual(["create"]);
    expect(await changes(asIs)).toEqual(["same"]);
  });
});
