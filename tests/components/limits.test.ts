import {
  CredentialExport,
  CredentialVault,
  DaemonApplication,
  DataLake,
  MachineLearningCompute,
  MachineLearningRole,
} from "../../components/index";
import { azure, GROUP_ID, guidOf, SUBNET_ID, WORKSPACE_ID } from "../support/azureMocks";
import { record } from "../support/mocks";
import { problemsOf } from "../support/refusals";

const long = (length: number): string => "a".repeat(length);
const many = <T>(count: number, each: (index: number) => T): T[] => Array.from({ length: count }, (_, at) => each(at));

const range = (index: number): string => `203.0.${Math.floor(index / 256)}.${index % 256}`;
const subnet = (index: number): string => `${GROUP_ID}/providers/Microsoft.Network/virtualNetworks/v/subnets/s${index}`;
const privateEndpoint = { subnetId: SUBNET_ID };
const vault = { resourceGroupName: "rg-daemons", vaultName: "kv-daemons" };
const lake = { resourceGroupName: "rg-daemons", accountName: "stdaemons", fileSystems: ["forecasts"] };
const role = { workspaceId: WORKSPACE_ID, actions: ["Microsoft.MachineLearningServices/workspaces/read"] };

/** Each published limit: what is right at it, and the beginning of the problem one above it. */
const limits: readonly [source: string, build: (size: number) => unknown, most: number, problem: string][] = [
  [
    "1,000 IP rules of a vault (Azure Key Vault, network security)",
    (size) => new CredentialVault("kv", { ...vault, allowedIpRanges: many(size, range) }),
    1000,
    "allowedIpRanges: got a list; needed at most 1000 ranges, not 1001",
  ],
  [
    "200 virtual network rules of a vault (Azure Key Vault, network security)",
    (size) => new CredentialVault("kv", { ...vault, allowedSubnetIds: many(size, subnet) }),
    200,
    "allowedSubnetIds: got a list; needed at most 200 subnets, not 201",
  ],
  [
    "400 IP rules of a storage account (Azure Storage, limitations of the firewall)",
    (size) => new DataLake("st", { ...lake, allowedIpRanges: many(size, range) }),
    400,
    "allowedIpRanges: got a list; needed at most 400 ranges, not 401",
  ],
  [
    "400 virtual network rules of a storage account (Azure Storage, limitations of the firewall)",
    (size) => new DataLake("st", { ...lake, allowedSubnetIds: many(size, subnet) }),
    400,
    "allowedSubnetIds: got a list; needed at most 400 subnets, not 401",
  ],
  [
    "100 owners of an application (Microsoft Entra service limits)",
    (size) => new DaemonApplication("app", { displayName: "App", owners: many(size, (at) => guidOf(`owner ${at}`)) }),
    100,
    "owners: got a list; needed at most 100 owners, not 101",
  ],
  [
    "1,024 characters of an application's description (Microsoft Graph, application)",
    (size) => new DaemonApplication("app", { displayName: "App", description: long(size) }),
    1024,
    "description: got",
  ],
  [
    "2,048 characters of a custom role's description (Azure custom roles, properties)",
    (size) => new MachineLearningRole("role", { ...role, description: long(size) }),
    2048,
    "description: got",
  ],
  [
    "64 characters of a private endpoint's name (Azure's naming rules), of a vault",
    (size) => new CredentialVault(long(size), { ...vault, privateEndpoint }),
    41,
    "name: got",
  ],
  [
    "64 characters of a private endpoint's name (Azure's naming rules), of a lake",
    (size) => new DataLake(long(size), { ...lake, privateEndpoint }),
    42,
    "name: got",
  ],
  [
    "90 characters of a lock's name (Azure's naming rules), of a vault",
    (size) => new CredentialVault(long(size), { ...vault, lock: true }),
    85,
    "name: got",
  ],
  [
    "90 characters of a lock's name (Azure's naming rules), of a lake",
    (size) => new DataLake(long(size), { ...lake, lock: true }),
    85,
    "name: got",
  ],
  [
    "50 tags of a compute (Azure Resource Manager, tags)",
    (size) =>
      new MachineLearningCompute("cpu", {
        workspaceId: WORKSPACE_ID,
        location: "westeurope",
        tags: Object.fromEntries(many(size, (at) => [`tag${at}`, "x"])),
      }),
    50,
    "tags: got an object; needed at most 50 tags, not 51",
  ],
];

it.each(limits)("%s", async (_source, build, most, problem) => {
  await expect(record(azure, () => build(most))).resolves.toBeDefined();
  expect(await problemsOf(() => build(most + 1))).toEqual([expect.stringContaining(problem)]);
});

it("the IDs of whom a credential is of are GUIDs", async () => {
  const build = (): unknown =>
    new CredentialExport("loader", {
      daemon: "loader",
      vault: { vaultId: `${GROUP_ID}/providers/Microsoft.KeyVault/vaults/kv`, vaultUri: "https://kv.vault.azure.net/" },
      principal: { clientId: "loader", objectId: guidOf("object"), tenantId: "contoso.com" },
      secret: { value: "a", expiresOn: "2030-01-01T00:00:00Z", generation: 0 },
    } as never);
  expect(await problemsOf(build)).toEqual([
    expect.stringContaining('principal.clientId: got "loader"; needed an application (client) ID, which is a GUID'),
    expect.stringContaining('principal.tenantId: got "contoso.com"; needed a tenant ID, which is a GUID'),
  ]);
});
