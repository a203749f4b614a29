import { inSubscription } from "../../../components/access/ownSubscription";
import { DataLake } from "../../../components/index";
import { azure, GROUP_ID, LOG_WORKSPACE_ID, SUBNET_ID, SUBSCRIPTION_ID, zoneId } from "../../support/azureMocks";
import { record } from "../../support/mocks";
import { problemsOf } from "../../support/refusals";

const args = { resourceGroupName: "rg-daemons", fileSystems: ["forecasts", "reports"] };

describe("a data lake", () => {
  it("is a closed Gen2 account: Entra ID alone signs in, over TLS 1.2, from no network", async () => {
    const run = await record(azure, () => new DataLake("stdaemons", args));
    expect(run.resource("stdaemons").inputs).toEqual({
      resourceGroupName: "rg-daemons",
      kind: "StorageV2",
      sku: { name: "Standard_ZRS" },
      isHnsEnabled: true,
      minimumTlsVersion: "TLS1_2",
      enableHttpsTrafficOnly: true,
      allowBlobPublicAccess: false,
      allowSharedKeyAccess: false,
      defaultToOAuthAuthentication: true,
      allowCrossTenantReplication: false,
      isLocalUserEnabled: false,
      isSftpEnabled: false,
      networkRuleSet: { defaultAction: "Deny", bypass: "AzureServices", ipRules: [], virtualNetworkRules: [] },
    });
  });

  it("lets in the networks that are named", async () => {
    const subnet = `${GROUP_ID}/providers/Microsoft.Network/virtualNetworks/v/subnets/s`;
    const networks = { allowedIpRanges: ["203.0.113.0/24"], allowedSubnetIds: [subnet] };
    const run = await record(azure, () => new DataLake("stdaemons", { ...args, ...networks }));
    expect(run.resource("stdaemons").inputs).toMatchObject({
      networkRuleSet: {
        defaultAction: "Deny",
        bypass: "AzureServices",
        ipRules: [{ iPAddressOrRange: "203.0.113.0/24", action: "Allow" }],
        virtualNetworkRules: [{ virtualNetworkResourceId: subnet, action: "Allow" }],
      },
    });
  });

  it("takes a region, a name, a replication kind and tags", async () => {
    const given = { location: "westeurope", accountName: "stforecasts", tags: { owner: "forecasting" } };
    const run = await record(azure, () => new DataLake("my-lake", { ...args, ...given, sku: "Standard_GZRS" }));
    expect(run.resource("my-lake").inputs).toMatchObject({ ...given, sku: { name: "Standard_GZRS" } });
  });

  it("has a private container for each file system, which goes when the account goes", async () => {
    const run = await record(azure, () => new DataLake("stdaemons", args));
    expect(run.resource("stdaemons-forecasts")).toEqual({
      type: "azure-native:storage:BlobContainer",
      name: "stdaemons-forecasts",
      parent: "stdaemons",
      inputs: {
        resourceGroupName: "rg-daemons",
        accountName: "stdaemons01234567",
        containerName: "forecasts",
        publicAccess: "None",
      },
      dependsOn: ["stdaemons"],
      deletedWith: "stdaemons",
    });
    expect(run.names("azure-native:storage:BlobContainer")).toEqual(["stdaemons-forecasts", "stdaemons-reports"]);
  });

  it("is reached from a virtual network by both of its names", async () => {
    const zones = {
      dfsPrivateDnsZoneId: zoneId("privatelink.dfs.core.windows.net"),
      blobPrivateDnsZoneId: zoneId("privatelink.blob.core.windows.net"),
    };
    const privateEndpoint = { subnetId: SUBNET_ID, ...zones };
    const run = await record(azure, () => new DataLake("stdaemons", { ...args, privateEndpoint }));
    const accountId = `${GROUP_ID}/providers/Microsoft.Storage/storageAccounts/stdaemons01234567`;
    expect(run.names("azure-native:network:PrivateEndpoint")).toEqual([
      "stdaemons-dfs-endpoint",
      "stdaemons-blob-endpoint",
    ]);
    for (const group of ["dfs", "blob"]) {
      expect(run.resource(`stdaemons-${group}-endpoint`).inputs).toMatchObject({
        resourceGroupName: "rg-daemons",
        subnet: { id: SUBNET_ID },
        privateLinkServiceConnections: [{ name: group, privateLinkServiceId: accountId, groupIds: [group] }],
      });
      expect(run.resource(`stdaemons-${group}-dns`).inputs).toMatchObject({
        privateDnsZoneConfigs: [{ name: group, privateDnsZoneId: zoneId(`privatelink.${group}.core.windows.net`) }],
      });
    }
  });

  it("keeps what is deleted, and moves and deletes what nobody has changed for a while", async () => {
    const lifecycle = [
      { name: "oldForecasts", fileSystem: "forecasts", prefix: "raw", coolAfterDays: 30, deleteAfterDays: 365 },
      { name: "cold", coldAfterDays: 90 },
    ];
    const run = await record(azure, () => new DataLake("stdaemons", { ...args, lifecycle, softDeleteDays: 14 }));
    expect(run.resource("stdaemons-soft-delete")).toEqual({
      type: "azure-native:storage:BlobServiceProperties",
      name: "stdaemons-soft-delete",
      parent: "stdaemons",
      inputs: {
        resourceGroupName: "rg-daemons",
        accountName: "stdaemons01234567",
        blobServicesName: "default",
        deleteRetentionPolicy: { enabled: true, days: 14 },
        containerDeleteRetentionPolicy: { enabled: true, days: 14 },
      },
      dependsOn: ["stdaemons"],
      deletedWith: "stdaemons",
    });
    const after = (days: number) => ({ daysAfterModificationGreaterThan: days });
    expect(run.resource("stdaemons-lifecycle")).toEqual({
      type: "azure-native:storage:ManagementPolicy",
      name: "stdaemons-lifecycle",
      parent: "stdaemons",
      inputs: {
        resourceGroupName: "rg-daemons",
        accountName: "stdaemons01234567",
        managementPolicyName: "default",
        policy: {
          rules: [
            {
              name: "oldForecasts",
              enabled: true,
              type: "Lifecycle",
              definition: {
                actions: { baseBlob: { tierToCool: after(30), delete: after(365) } },
                filters: { blobTypes: ["blockBlob"], prefixMatch: ["forecasts/raw"] },
              },
            },
            {
              name: "cold",
              enabled: true,
              type: "Lifecycle",
              definition: { actions: { baseBlob: { tierToCold: after(90) } }, filters: { blobTypes: ["blockBlob"] } },
            },
          ],
        },
      },
      dependsOn: ["stdaemons"],
      deletedWith: "stdaemons",
    });
  });

  it("keeps a log of who reads and writes, and is locked last of all", async () => {
    const given = { ...args, diagnostics: { workspaceId: LOG_WORKSPACE_ID }, softDeleteDays: 7, lock: true };
    const run = await record(azure, () => new DataLake("stdaemons", given));
    const accountId = `${GROUP_ID}/providers/Microsoft.Storage/storageAccounts/stdaemons01234567`;
    expect(run.resource("stdaemons-diagnostics").inputs).toEqual({
      name: "azure-daemon-access",
      resourceUri: `${accountId}/blobServices/default`,
      workspaceId: LOG_WORKSPACE_ID,
      logs: ["StorageRead", "StorageWrite", "StorageDelete"].map((category) => ({ category, enabled: true })),
      metrics: [{ category: "Transaction", enabled: true }],
    });
    expect(run.resource("stdaemons-lock")).toMatchObject({
      inputs: { scope: accountId, lockName: "stdaemons-lock", level: "CanNotDelete" },
      dependsOn: [
        "stdaemons",
        "stdaemons-diagnostics",
        "stdaemons-forecasts",
        "stdaemons-reports",
        "stdaemons-soft-delete",
      ],
    });
  });

  it("takes an account that is there, and makes nothing but the file systems that are asked for", async () => {
    const accountId = `${GROUP_ID}/providers/Microsoft.Storage/storageAccounts/stplatform`;
    const run = await record(azure, () => {
      const { url, accountName } = new DataLake("stdaemons", { accountId, fileSystems: ["forecasts"] });
      return { url, accountName };
    });
    expect(run.names("azure-native:storage:StorageAccount")).toEqual([]);
    expect(run.resource("stdaemons-forecasts")).toMatchObject({
      inputs: { resourceGroupName: "rg-daemons", accountName: "stplatform", containerName: "forecasts" },
      deletedWith: undefined,
    });
    expect(run.outputs).toEqual({ url: "https://stplatform.dfs.core.windows.net/", accountName: "stplatform" });
    const roles = await record(azure, () => new DataLake("stdaemons", { accountId, fileSystems: [] }));
    expect(roles.resources.map(({ name }) => name)).toEqual(["stdaemons"]);
  });

  it("refuses settings beside an account that is there", async () => {
    const accountId = `/subscriptions/${SUBSCRIPTION_ID}/resourceGroups/rg/providers/Microsoft.Storage/accounts/st`;
    const wrong = { accountId, fileSystems: ["forecasts"], sku: "Standard_LRS", lock: true };
    const beside =
      "needed nothing beside an existing one, because its owner decides its settings. Remove it, or let a new one be made.";
    expect(await problemsOf(() => new DataLake("stdaemons", wrong))).toEqual([
      `accountId: got "${accountId.slice(0, 80)}…"; needed the resource ID of a storage account. Write, for example, "/subscriptions/2f5c1d3e-8a47-4b0c-9d61-7e3f9a5b2c84/resourceGroups/rg-example/providers/Microsoft.Storage/storageAccounts/stforecast".`,
      `sku: got "Standard_LRS"; ${beside}`,
      `lock: got true; ${beside}`,
    ]);
  });

  it("tells what is wrong with rules, zones, days and versions", async () => {
    const wrong = {
      ...args,
      privateEndpoint: { subnetId: SUBNET_ID, dfsPrivateDnsZoneId: zoneId("privatelink.blob.core.windows.net") },
      lifecycle: [
        { name: "old-files", fileSystem: "forecast", prefix: "/raw", coolAfterDays: 30, deleteAfterDays: 30 },
        { name: "archive", prefix: "raw", archiveAfterDays: 1 },
        { name: "Archive", coolAfterDays: 0 },
        { name: "idle" },
      ],
      softDeleteDays: 366,
      versioning: true,
    };
    expect(await problemsOf(() => new DataLake("stdaemons", wrong))).toEqual([
      `privateEndpoint.dfsPrivateDnsZoneId: got "${zoneId("privatelink.blob.core.windows.net").slice(0, 80)}…"; needed the resource ID of a private DNS zone such as privatelink.dfs.core.windows.net. Write, for example, "/subscriptions/2f5c1d3e-8a47-4b0c-9d61-7e3f9a5b2c84/resourceGroups/rg-example/providers/Microsoft.Network/privateDnsZones/privatelink.dfs.core.windows.net".`,
      'lifecycle[0].name: got "old-files"; needed a rule\'s name: 1 to 256 letters and digits. Write, for example, "oldForecasts".',
      'lifecycle[0].fileSystem: got "forecast"; needed a file system that the lake has. Did you mean "forecasts"?',
      'lifecycle[0].prefix: got "/raw"; needed a path within the file system, without a slash at its ends, of at most 900 characters. Write, for example, "raw/2026".',
      "lifecycle[0].deleteAfterDays: got 30; needed a number of days after coolAfterDays, which is 30. Write, for example, 60.",
      'lifecycle[1].fileSystem: got nothing; needed the file system that the prefix is in. Write, for example, "forecasts".',
      'lifecycle[1].archiveAfterDays: got 1; needed a lake with an archive tier, which one of Standard_ZRS has not. Write coldAfterDays, or make the lake\'s sku "Standard_LRS", "Standard_GRS" or "Standard_RAGRS".',
      "lifecycle[2].coolAfterDays: got 0; needed a whole number of days from 1 to 36500. Write, for example, 36500.",
      "lifecycle[3]: got an object; needed one or more of coolAfterDays, coldAfterDays, archiveAfterDays, deleteAfterDays. Say what becomes of the files, and when.",
      'lifecycle[2].name: got "archive"; needed a name that no other rule has. Change one of them.',
      "softDeleteDays: got 366; needed a whole number of days from 1 to 365. Write, for example, 365.",
      "versioning: got true; needed false, because Azure keeps no versions in an account with a hierarchical namespace. Remove it; softDeleteDays keeps what is deleted.",
    ]);
  });

  it("refuses an account of another subscription", () => {
    const inside = `/subscriptions/${SUBSCRIPTION_ID.toUpperCase()}/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/st`;
    expect(inSubscription(SUBSCRIPTION_ID)(inside)).toBeUndefined();
    expect(inSubscription(SUBSCRIPTION_ID)(inside.replace(/^.subscriptions.[^/]+/, "/subscriptions/another"))).toEqual({
      needed: `one in the subscription that this program deploys to, ${SUBSCRIPTION_ID}`,
      fix: "Deploy with a provider of its own subscription, or choose another.",
    });
  });

  it("tells where it is", async () => {
    const { outputs } = await record(azure, () => {
      const { accountId, accountName, url, fileSystems } = new DataLake("stdaemons", args);
      return { accountId, accountName, url, fileSystems };
    });
    expect(outputs).toEqual({
      accountId: `${GROUP_ID}/providers/Microsoft.Storage/storageAccounts/stdaemons01234567`,
      accountName: "stdaemons01234567",
      url: "https://stdaemons01234567.dfs.core.windows.net/",
      fileSystems: ["forecasts", "reports"],
    });
  });

  it("tells every problem of its arguments at once", async () => {
    const wrong = {
      resourceGroupName: "rg/daemons",
      location: "West Europe",
      sku: "Standard_ZSR",
      fileSystems: ["Forecasts", "reports", "reports"],
      allowedIpRanges: ["0.0.0.0/0"],
      allowedSubnetIds: ["default"],
    };
    expect(await problemsOf(() => new DataLake("my-lake", wrong))).toEqual([
      'resourceGroupName: got "rg/daemons"; needed a resource group\'s name: 1 to 90 letters, digits, underscores, hyphens, points and brackets, no point last. Write, for example, "rg-daemons".',
      'location: got "West Europe"; needed a region\'s short name, lowercase letters and digits without spaces. Write "westeurope".',
      'name: got "my-lake"; needed 3 to 16 lowercase letters and digits, because Azure\'s name is this and 8 digits more, or else accountName. Write, for example, "stdaemons".',
      'sku: got "Standard_ZSR"; needed a replication kind: "Standard_LRS", "Standard_ZRS", "Standard_GRS", "Standard_RAGRS", "Standard_GZRS", "Standard_RAGZRS". Did you mean "Standard_ZRS", "Standard_GRS" or "Standard_GZRS"?',
      'fileSystems[0]: got "Forecasts"; needed a file system\'s name: 3 to 63 lowercase letters, digits and single hyphens, no hyphen first or last. Write, for example, "forecasts".',
      'fileSystems[2]: got "reports"; needed each file system once. Remove one of them.',
      'allowedIpRanges[0]: got "0.0.0.0/0"; needed a public IPv4 address, or a range of them in CIDR notation from /8 to /30. A range this wide allows everyone; set the addresses of your clients.',
      'allowedSubnetIds[0]: got "default"; needed the resource ID of a subnet. Write, for example, "/subscriptions/2f5c1d3e-8a47-4b0c-9d61-7e3f9a5b2c84/resourceGroups/rg-example/providers/Microsoft.Network/virtualNetworks/vnet-daemons/subnets/snet-agents".',
    ]);
  });

  it("refuses a name that Azure would not take, and no file system", async () => {
    const wrong = { resourceGroupName: "rg-daemons", accountName: "st-forecasts", fileSystems: [] };
    expect(await problemsOf(() => new DataLake("my-lake", wrong))).toEqual([
      'accountName: got "st-forecasts"; needed 3 to 24 lowercase letters and digits, unique in all of Azure. Write, for example, "stdaemons".',
      'fileSystems: got nothing; needed one file system or more. Write, for example, "forecasts".',
    ]);
  });
});
