import { delimiter, join } from "node:path";
import type { Stack } from "@pulumi/pulumi/automation";
import { CredentialVault, DaemonAccess, DataLake } from "../../components/index";
import { identities, resourceGroupId, resourceGroups } from "../../local/azure/landingZone/layout";
import { Deployment } from "../local/providers/deployment";
import { run, signedInAs } from "../support/command";

jest.setTimeout(300_000);

const arm = "https://management.azure.com";
const armScope = `${arm}/.default`;
const group = resourceGroupId(resourceGroups.daemons);
const network = `${group}/providers/Microsoft.Network/virtualNetworks/vnet-hub`;
const zone = (name: string): string => `${group}/providers/Microsoft.Network/privateDnsZones/privatelink.${name}`;
const workspaceId = `${group}/providers/Microsoft.OperationalInsights/workspaces/log-platform`;
const vaultId = `${group}/providers/Microsoft.KeyVault/vaults/kv-guarded`;
const accountId = `${group}/providers/Microsoft.Storage/storageAccounts/stguarded`;
const secretType = "azure-native:keyvault:Secret";

interface Variation {
  readonly lock: boolean;
  readonly recover: boolean;
  readonly softDeleteDays: number;
  readonly readers: readonly string[];
  /** Whether the daemon is there too. */
  readonly daemon: boolean;
}

const first: Variation = {
  lock: true,
  recover: false,
  softDeleteDays: 7,
  readers: [identities.consumer.objectId],
  daemon: true,
};

/** A daemon's access around a vault and a lake with everything that guards them. */
const program =
  ({ lock, recover, softDeleteDays, readers, daemon }: Variation) =>
  (): Promise<Record<string, unknown>> => {
    const place = { resourceGroupName: resourceGroups.daemons, location: "westeurope" };
    const guarded = { ...place, diagnostics: { workspaceId }, lock, allowedIpRanges: ["203.0.113.0/24"] };
    const subnetId = `${network}/subnets/snet-endpoints`;
    const vault = new CredentialVault("kv-daemons", {
      ...guarded,
      vaultName: "kv-guarded",
      privateEndpoint: { subnetId, privateDnsZoneId: zone("vaultcore.azure.net") },
      ...(recover && { recover }),
    });
    const lake = new DataLake("stdaemons", {
      ...guarded,
      accountName: "stguarded",
      fileSystems: ["forecasts"],
      privateEndpoint: { subnetId, dfsPrivateDnsZoneId: zone("dfs.core.windows.net") },
      lifecycle: [{ name: "old", fileSystem: "forecasts", coolAfterDays: 30, deleteAfterDays: 365 }],
      softDeleteDays,
    });
    if (!daemon) return Promise.resolve({});
    new DaemonAccess("loader", {
      secret: { endDate: "2027-01-01T00:00:00Z" },
      asOf: "2026-03-01T00:00:00Z",
      lake: { account: lake, fileSystem: "forecasts" },
      vault,
      readers: readers.map((objectId) => ({ objectId })),
    });
    return Promise.resolve({ vaultUri: vault.vaultUri });
  };

describe("a guarded vault and lake, on the engine", () => {
  let deployment: Deployment;
  let stack: Stack;

  const put = async (path: string, body: object): Promise<void> => {
    const { status } = await deployment.local.call(
      "administrator",
      armScope,
      "PUT",
      `${arm}${path}?api-version=2024-05-01`,
      body,
    );
    expect(status).toBe(201);
  };
  const up = async (change: Partial<Variation> = {}): Promise<Record<string, number | undefined>> => {
    const { summary } = await stack.up({ program: program({ ...first, ...change }), color: "never" });
    return { ...summary.resourceChanges };
  };
  const found = async (path: string): Promise<unknown> =>
    (await deployment.local.call("administrator", armScope, "GET", `${arm}${path}?api-version=2024-05-01`)).body;

  beforeAll(async () => {
    deployment = await Deployment.open();
    await put(network, {
      location: "westeurope",
      properties: {
        addressSpace: { addressPrefixes: ["10.20.0.0/16"] },
        subnets: [{ name: "snet-endpoints", properties: { addressPrefix: "10.20.1.0/24" } }],
      },
    });
    for (const name of ["vaultcore.azure.net", "dfs.core.windows.net"]) await put(zone(name), { location: "global" });
    await put(workspaceId, { location: "westeurope", properties: {} });
    stack = await deployment.stack("guarded", program(first));
    // For `pulumi import`.
    stack.workspace.envVars["PATH"] = [join(__dirname, "support", "languageHost"), process.env["PATH"]].join(delimiter);
  });
  afterAll(() => deployment.close());

  it("are made in one run, reached privately, logged and locked", async () => {
    expect(Object.keys(await up())).toEqual(["create"]);
    expect(await found(`${zone("vaultcore.azure.net")}/A/kv-guarded`)).toMatchObject({
      properties: { aRecords: [{ ipv4Address: expect.stringMatching(/^10\.20\.1\./) as string }] },
    });
    expect(await found(`${vaultId}/providers/Microsoft.Insights/diagnosticSettings/azure-daemon-access`)).toMatchObject(
      {
        properties: { workspaceId, logs: [{ category: "AuditEvent" }] },
      },
    );
    const url = `${arm}${vaultId}?api-version=2024-11-01`;
    const refused = await deployment.local.call("administrator", armScope, "DELETE", url);
    expect([refused.status, refused.body]).toMatchObject([409, { error: { code: "ScopeLocked" } }]);
  });

  it("show no drift, and change in place", async () => {
    const { summary } = await stack.refresh({ color: "never" });
    expect(Object.keys(summary.resourceChanges ?? {})).toEqual(["same"]);
    expect(await up({ softDeleteDays: 14 })).toMatchObject({ update: 1 });
    expect(await found(`${accountId}/blobServices/default`)).toMatchObject({
      properties: { deleteRetentionPolicy: { enabled: true, days: 14 } },
    });
  });

  it("keep a reader while they are locked, and let it go after", async () => {
    const roles = `${vaultId}/secrets/loader-credential/providers/Microsoft.Authorization/roleAssignments`;
    const { value } = (await found(roles)) as { value: { id: string }[] };
    const reader = value.find(({ id }) => id.startsWith(vaultId));
    const url = `${arm}${reader?.id ?? ""}?api-version=2022-04-01`;
    const refused = await deployment.local.call("administrator", armScope, "DELETE", url);
    expect([refused.status, refused.body]).toMatchObject([409, { error: { code: "ScopeLocked" } }]);
    await up({ lock: false });
    expect(await up({ lock: false, readers: [] })).toMatchObject({ delete: 1 });
    await up();
  });

  it("go in one run, the locks first", async () => {
    const { requests } = await deployment.requestsDuring(() => stack.destroy({ color: "never" }));
    const deleted = requests.filter(({ method }) => method === "DELETE");
    expect(deleted.filter(({ status }) => status >= 400)).toEqual([]);
    const lockOf = (id: string): number =>
      deleted.findIndex(({ path }) => path.startsWith(id) && path.includes("/locks/"));
    for (const id of [vaultId, accountId]) {
      expect(lockOf(id)).toBeGreaterThanOrEqual(0);
      expect(lockOf(id)).toBeLessThan(deleted.findIndex(({ path }) => path === id));
    }
  });

  it("come back: the vault with its secret, which the stack takes over", async () => {
    await up({ recover: true, daemon: false });

    const args = ["tools/start.mjs", "credentials", "recover", "--vault", "https://kv-guarded.vault.azure.net"];
    const told = await run(process.execPath, args, signedInAs(deployment.local, "deployer"));
    const parent = "urn:pulumi:<stack>::azure-daemon-access::azure-daemon-access:index:DaemonAccess::loader";
    expect(told.stdout).toContain(`pulumi import ${secretType} loader-credential`);
    expect(told.stdout).toContain(`--parent "daemon=${parent}"`);

    await stack.import({
      resources: [
        { type: "azure-daemon-access:index:DaemonAccess", name: "loader", component: true },
        { type: secretType, name: "loader-credential", id: `${vaultId}/secrets/loader-credential`, parent: "loader" },
      ],
      protect: false,
      generateCode: false,
    });
    // The secret is there, and gets the value of the new application; the vault its present settings.
    expect(await up()).toMatchObject({ update: 2 });
    expect((await stack.preview({ program: program(first), color: "never" })).changeSummary).not.toHaveProperty(
      "create",
    );
    expect(Object.keys(await up())).toEqual(["same"]);
    await stack.destroy({ color: "never" });
  });
});
