import { CredentialExport, existingVault } from "../../../components/index";
import { azure, guidOf, SUBSCRIPTION_ID, TENANT_ID } from "../../support/azureMocks";
import { record } from "../../support/mocks";
import { problemsOf } from "../../support/refusals";

const vaultIn = (subscription: string): string =>
  `/subscriptions/${subscription}/resourceGroups/rg-platform/providers/Microsoft.KeyVault/vaults/KV-Platform`;

const delivery = (vaultId: string) => () =>
  new CredentialExport("loader", {
    daemon: "forecast-loader",
    vault: existingVault(vaultId),
    principal: { clientId: guidOf("client"), objectId: guidOf("object"), tenantId: TENANT_ID },
    secret: { value: "s", notBefore: "2027-01-01T00:00:00Z", expiresOn: "2027-04-01T00:00:00Z", generation: 0 },
    readers: [{ objectId: guidOf("reader") }],
  });

describe("an existing vault", () => {
  it("is known by its ID alone, in the one spelling that Azure is handed", () => {
    expect(existingVault(vaultIn(SUBSCRIPTION_ID))).toEqual({
      vaultId: vaultIn(SUBSCRIPTION_ID).replace("KV-Platform", "kv-platform"),
      vaultName: "kv-platform",
      vaultUri: "https://kv-platform.vault.azure.net/",
      resourceGroupName: "rg-platform",
    });
  });

  it("gets the daemon's secrets and readers, and nothing else", async () => {
    const run = await record(azure, delivery(vaultIn(SUBSCRIPTION_ID)));
    expect(run.resources.map(({ name, type }) => `${name} ${type}`)).toEqual([
      "loader azure-daemon-access:index:CredentialExport",
      "loader-credential azure-native:keyvault:Secret",
      `loader-credential-reader-${guidOf("reader")} azure-native:authorization:RoleAssignment`,
    ]);
    expect(run.resource("loader-credential")).toMatchObject({
      inputs: { resourceGroupName: "rg-platform", vaultName: "kv-platform" },
      deletedWith: undefined,
    });
  });

  it("is refused where it is no vault's ID", async () => {
    expect(await problemsOf(() => existingVault("kv-platform"))).toEqual([
      'vaultId: got "kv-platform"; needed the resource ID of a key vault. Write, for example, "/subscriptions/2f5c1d3e-8a47-4b0c-9d61-7e3f9a5b2c84/resourceGroups/rg-example/providers/Microsoft.KeyVault/vaults/kv-daemons".',
    ]);
  });
});
