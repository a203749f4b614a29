import { CredentialVault } from "../../../components/index";
import { azure, GROUP_ID, guidOf, TENANT_ID } from "../../support/azureMocks";
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

  it("refuses a name that Azure would not take", async () => {
    expect(await problemsOf(() => new CredentialVault("kv-daemons", { ...args, vaultName: "kv_daemons" }))).toEqual([
      'vaultName: got "kv_daemons"; needed 3 to 24 letters, digits and single hyphens, a letter first and no hyphen last, unique in all of Azure. Write, for example, "kv-daemons".',
    ]);
  });
});
