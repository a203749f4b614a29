import { DataLake } from "../../../components/index";
import { azure, GROUP_ID } from "../../support/azureMocks";
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
      'location: got "West Europe"; needed a region\'s short name, small letters and digits without spaces. Write "westeurope".',
      'name: got "my-lake"; needed 3 to 16 small letters and digits, because Azure\'s name is this and 8 digits more, or else accountName. Write, for example, "stdaemons".',
      'sku: got "Standard_ZSR"; needed a replication kind: "Standard_LRS", "Standard_ZRS", "Standard_GRS", "Standard_RAGRS", "Standard_GZRS", "Standard_RAGZRS". Did you mean "Standard_ZRS", "Standard_GRS" or "Standard_GZRS"?',
      'fileSystems[0]: got "Forecasts"; needed a file system\'s name: 3 to 63 small letters, digits and single hyphens, no hyphen first or last. Write, for example, "forecasts".',
      'fileSystems[2]: got "reports"; needed each file system once. Remove one of them.',
      'allowedIpRanges[0]: got "0.0.0.0/0"; needed a public IPv4 address, or a range of them in CIDR notation from /8 to /30. A range this wide lets everyone in; name the addresses that your clients have.',
      'allowedSubnetIds[0]: got "default"; needed the resource ID of a subnet. Write, for example, "/subscriptions/2f5c1d3e-8a47-4b0c-9d61-7e3f9a5b2c84/resourceGroups/rg-example/providers/Microsoft.Network/virtualNetworks/vnet-daemons/subnets/snet-agents".',
    ]);
  });

  it("refuses a name that Azure would not take, and no file system", async () => {
    const wrong = { resourceGroupName: "rg-daemons", accountName: "st-forecasts", fileSystems: [] };
    expect(await problemsOf(() => new DataLake("my-lake", wrong))).toEqual([
      'accountName: got "st-forecasts"; needed 3 to 24 small letters and digits, unique in all of Azure. Write, for example, "stdaemons".',
      'fileSystems: got nothing; needed one file system or more. Write, for example, "forecasts".',
    ]);
  });
});
