import { CredentialVault } from "../../../components/index";
import { azure, GROUP_ID, guidOf, LOG_WORKSPACE_ID, SUBNET_ID, TENANT_ID, zoneId } from "../../support/azureMocks";
import { record } from "../../support/mocks";
import { problemsOf } from "../../support/refusals";

const args = { resourceGroupName: "rg-daemons" };

describe("a credential vault", () => {
  it("gives access by roles alone, keeps what is deleted for 90 days, and is shut to every network", async () => {
    const run = await record(azure, () => new CredentialVault("kv-daemons", args));
    expect(run.resource("kv-daemons").inputs).toEqual({
      resourceGroupName: "rg-daemons",
      properties: {
        tenantId: TENANT_ID,
        sku: { family: "A", name: "standard" },
        enableRbacAuthorization: true,
        enableSoftDelete: true,
        softDeleteRetentionInDays: 90,
        enablePurgeProtection: true,
        enabledForDeployment: false,
        enabledForDiskEncryption: false,
        enabledForTemplateDeployment: false,
        // What the SDK adds; the network rules below decide who comes in.
        publicNetworkAccess: "enabled",
        networkAcls: { defaultAction: "Deny", bypass: "AzureServices", ipRules: [], virtualNetworkRules: [] },
      },
    });
  });

  it("takes a region, a name, tags, a tenant, a retention and the networks that are let in", async () => {
    const subnet = `${GROUP_ID}/providers/Microsoft.Network/virtualNetworks/v/subnets/s`;
    const given = { location: "westeurope", vaultName: "kv-forecasts", tags: { owner: "forecasting" } };
    const run = await record(
      azure,
      () =>
        new CredentialVault("kv-daemons", {
          ...args,
          ...given,
          tenantId: guidOf("another tenant"),
          retentionDays: 7,
          allowedIpRanges: ["203.0.113.10"],
          allowedSubnetIds: [subnet],
        }),
    );
    expect(run.resource("kv-daemons").inputs).toMatchObject({
      ...given,
      properties: {
        tenantId: guidOf("another tenant"),
        softDeleteRetentionInDays: 7,
        networkAcls: { ipRules: [{ value: "203.0.113.10" }], virtualNetworkRules: [{ id: subnet }] },
      },
    });
    expect(run.calls).toEqual([]);
  });

  it("is reached from a virtual network through an endpoint, and the zone leads there", async () => {
    const privateDnsZoneId = zoneId("privatelink.vaultcore.azure.net");
    const privateEndpoint = { subnetId: SUBNET_ID, privateDnsZoneId };
    const given = { ...args, location: "westeurope", tags: { owner: "forecasting" }, privateEndpoint };
    const run = await record(azure, () => new CredentialVault("kv-daemons", given));
    const vaultId = `${GROUP_ID}/providers/Microsoft.KeyVault/vaults/kv-daemons01234567`;
    expect(run.resource("kv-daemons-vault-endpoint")).toEqual({
      type: "azure-native:network:PrivateEndpoint",
      name: "kv-daemons-vault-endpoint",
      parent: "kv-daemons",
      inputs: {
        resourceGroupName: "rg-daemons",
        location: "westeurope",
        tags: { owner: "forecasting" },
        subnet: {
          id: SUBNET_ID,
          privateEndpointNetworkPolicies: "Disabled",
          privateLinkServiceNetworkPolicies: "Enabled",
        },
        privateLinkServiceConnections: [{ name: "vault", privateLinkServiceId: vaultId, groupIds: ["vault"] }],
        customDnsConfigs: [],
      },
      dependsOn: ["kv-daemons"],
      deletedWith: undefined,
    });
    expect(run.resource("kv-daemons-vault-dns")).toMatchObject({
      type: "azure-native:network:PrivateDnsZoneGroup",
      inputs: {
        resourceGroupName: "rg-daemons",
        privateEndpointName: "kv-daemons-vault-endpoint01234567",
        privateDnsZoneGroupName: "default",
        privateDnsZoneConfigs: [{ name: "vault", privateDnsZoneId }],
      },
      deletedWith: "kv-daemons-vault-endpoint",
    });
  });

  it("leaves the zone alone where none is given", async () => {
    const privateEndpoint = { subnetId: SUBNET_ID };
    const run = await record(azure, () => new CredentialVault("kv-daemons", { ...args, privateEndpoint }));
    expect(run.names("azure-native:network:PrivateDnsZoneGroup")).toEqual([]);
    expect(run.resource("kv-daemons-vault-endpoint").inputs).not.toHaveProperty("customDnsConfigs");
  });

  it("keeps the audit log and the metrics in a workspace", async () => {
    const diagnostics = { workspaceId: LOG_WORKSPACE_ID };
    const run = await record(azure, () => new CredentialVault("kv-daemons", { ...args, diagnostics }));
    expect(run.resource("kv-daemons-diagnostics")).toEqual({
      type: "azure-native:monitor:DiagnosticSetting",
      name: "kv-daemons-diagnostics",
      parent: "kv-daemons",
      inputs: {
        name: "azure-daemon-access",
        resourceUri: `${GROUP_ID}/providers/Microsoft.KeyVault/vaults/kv-daemons01234567`,
        workspaceId: LOG_WORKSPACE_ID,
        logs: [{ category: "AuditEvent", enabled: true }],
        metrics: [{ category: "AllMetrics", enabled: true }],
      },
      dependsOn: ["kv-daemons"],
      deletedWith: undefined,
    });
  });

  it("is locked last of all, so that its lock is lifted first", async () => {
    const given = {
      ...args,
      lock: true,
      diagnostics: { workspaceId: LOG_WORKSPACE_ID },
      privateEndpoint: { subnetId: SUBNET_ID },
    };
    const run = await record(azure, () => new CredentialVault("kv-daemons", given));
    expect(run.resource("kv-daemons-lock")).toEqual({
      type: "azure-native:authorization:ManagementLockByScope",
      name: "kv-daemons-lock",
      parent: "kv-daemons",
      inputs: {
        scope: `${GROUP_ID}/providers/Microsoft.KeyVault/vaults/kv-daemons01234567`,
        lockName: "kv-daemons-lock",
        level: "CanNotDelete",
        notes: "Set by azure-daemon-access. While it stays, nothing at or below this resource can be deleted.",
      },
      dependsOn: ["kv-daemons", "kv-daemons-diagnostics", "kv-daemons-vault-endpoint"],
      deletedWith: undefined,
    });
  });

  it("brings back the deleted vault of its name", async () => {
    const given = { ...args, vaultName: "kv-forecasts", recover: true };
    const run = await record(azure, () => new CredentialVault("kv-daemons", given));
    expect(run.resource("kv-daemons").inputs).toMatchObject({
      vaultName: "kv-forecasts",
      properties: { createMode: "recover" },
    });
  });

  it("tells where it is", async () => {
    const { outputs } = await record(azure, () => {
      const { vaultId, vaultName, vaultUri, resourceGroupName } = new CredentialVault("kv-daemons", args);
      return { vaultId, vaultName, vaultUri, resourceGroupName };
    });
    expect(outputs).toEqual({
      vaultId: `${GROUP_ID}/providers/Microsoft.KeyVault/vaults/kv-daemons01234567`,
      vaultName: "kv-daemons01234567",
      vaultUri: "https://kv-daemons01234567.vault.azure.net/",
      resourceGroupName: "rg-daemons",
    });
  });

  it("tells every problem of its arguments at once", async () => {
    const wrong = { ...args, tenantId: "contoso", retentionDays: 91, allowedIpRanges: ["everywhere"] };
    expect(await problemsOf(() => new CredentialVault("kv-of-all-daemons", wrong))).toEqual([
      'tenantId: got "contoso"; needed a tenant ID, which is a GUID. Write, for example, "2f5c1d3e-8a47-4b0c-9d61-7e3f9a5b2c84".',
      'name: got "kv-of-all-daemons"; needed at most 16 letters, digits and single hyphens, a letter first and no hyphen last, because Azure\'s name is this and 8 digits more, or else vaultName. Write, for example, "kv-daemons".',
      "retentionDays: got 91; needed a whole number of days from 7 to 90. Write, for example, 90.",
      'allowedIpRanges[0]: got "everywhere"; needed a public IPv4 address, or a range of them in CIDR notation from /8 to /30. Write, for example, "203.0.113.0/24".',
    ]);
  });

  it("refuses to bring back a vault without its name, and IDs of other things", async () => {
    const wrong = {
      ...args,
      recover: true,
      privateEndpoint: { subnetId: "snet", privateDnsZoneId: zoneId("privatelink.blob.core.windows.net") },
      diagnostics: { workspaceId: "log-platform" },
    };
    expect(await problemsOf(() => new CredentialVault("kv-daemons", wrong))).toEqual([
      'vaultName: got nothing; needed the name of the deleted vault, because recover brings back the one of that name. Write, for example, "kv-daemons".',
      'privateEndpoint.subnetId: got "snet"; needed the resource ID of a subnet. Write, for example, "/subscriptions/2f5c1d3e-8a47-4b0c-9d61-7e3f9a5b2c84/resourceGroups/rg-example/providers/Microsoft.Network/virtualNetworks/vnet-daemons/subnets/snet-agents".',
      `privateEndpoint.privateDnsZoneId: got "${zoneId("privatelink.blob.core.windows.net").slice(0, 80)}…"; needed the resource ID of a private DNS zone such as privatelink.vaultcore.azure.net. Write, for example, "/subscriptions/2f5c1d3e-8a47-4b0c-9d61-7e3f9a5b2c84/resourceGroups/rg-example/providers/Microsoft.Network/privateDnsZones/privatelink.vaultcore.azure.net".`,
      'diagnostics.workspaceId: got "log-platform"; needed the resource ID of a Log Analytics workspace. Write, for example, "/subscriptions/2f5c1d3e-8a47-4b0c-9d61-7e3f9a5b2c84/resourceGroups/rg-example/providers/Microsoft.OperationalInsights/workspaces/log-platform".',
    ]);
  });

  it("takes a zone of another of Microsoft's clouds", async () => {
    const privateEndpoint = { subnetId: SUBNET_ID, privateDnsZoneId: zoneId("privatelink.vaultcore.azure.cn") };
    const run = await record(azure, () => new CredentialVault("kv-daemons", { ...args, privateEndpoint }));
    expect(run.names("azure-native:network:PrivateDnsZoneGroup")).toEqual(["kv-daemons-vault-dns"]);
  });

  it("refuses a name that Azure would not take", async () => {
    expect(await problemsOf(() => new CredentialVault("kv-daemons", { ...args, vaultName: "kv_daemons" }))).toEqual([
      'vaultName: got "kv_daemons"; needed 3 to 24 letters, digits and single hyphens, a letter first and no hyphen last, unique in all of Azure. Write, for example, "kv-daemons".',
    ]);
  });
});
