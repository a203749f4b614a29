import { CredentialExport, type CredentialExportArgs, CredentialVault } from "../../../components/index";
import { assignmentName } from "../../../components/access/assignmentName";
import { azure, GROUP_ID, guidOf, roleDefinition, TENANT_ID } from "../../support/azureMocks";
import { record } from "../../support/mocks";
import { problemsOf } from "../../support/refusals";

const vaultId = `${GROUP_ID}/providers/Microsoft.KeyVault/vaults/kv-forecasts`;
const args: CredentialExportArgs = {
  daemon: "forecast-loader",
  vault: {
    vaultId,
    vaultName: "kv-forecasts",
    vaultUri: "https://kv-forecasts.vault.azure.net/",
    resourceGroupName: "rg-vaults",
  },
  principal: { clientId: guidOf("client"), objectId: guidOf("principal"), tenantId: TENANT_ID },
  secret: {
    value: "value",
    notBefore: "2030-01-01T00:00:00Z",
    expiresOn: "2030-04-15T00:00:00Z",
    generation: 2,
  },
};
const reader = guidOf("a reader");
const SECRETS_USER = roleDefinition("4633458b-17de-408a-b874-0445c86b69e6");

describe("a credential export", () => {
  it("writes one secret with its type, its dates and its tags, the value marked secret", async () => {
    const run = await record(azure, () => new CredentialExport("loader", args));
    expect(run.resource("loader-credential")).toEqual({
      type: "azure-native:keyvault:Secret",
      name: "loader-credential",
      parent: "loader",
      inputs: {
        resourceGroupName: "rg-vaults",
        vaultName: "kv-forecasts",
        secretName: "forecast-loader-credential",
        properties: {
          value: { secret: expect.stringContaining('"clientSecret":"value"') as string },
          contentType: "application/json",
          attributes: { enabled: true, notBefore: 1893456000, expires: 1902441600 },
        },
        tags: {
          "managed-by": "azure-daemon-access",
          daemon: "forecast-loader",
          format: "credential",
          clientId: args.principal.clientId,
          generation: "2",
          contract: "1",
        },
      },
      dependsOn: [],
      deletedWith: undefined,
    });
  });

  it("writes each format to a secret of its own and tells its address without a version", async () => {
    const formats = ["credential", "client-secret"];
    const run = await record(azure, () => {
      const { secretNames, secretUris } = new CredentialExport("loader", { ...args, formats });
      return { secretNames, secretUris };
    });
    expect(run.names("azure-native:keyvault:Secret")).toEqual(["loader-credential", "loader-client-secret"]);
    expect(run.resource("loader-client-secret").inputs).toMatchObject({
      properties: { value: { secret: "value" }, contentType: "text/plain" },
    });
    expect(run.outputs).toEqual({
      secretNames: { credential: "forecast-loader-credential", "client-secret": "forecast-loader-client-secret" },
      secretUris: {
        credential: "https://kv-forecasts.vault.azure.net/secrets/forecast-loader-credential",
        "client-secret": "https://kv-forecasts.vault.azure.net/secrets/forecast-loader-client-secret",
      },
    });
  });

  it("lets a reader read the formats it needs, and no others", async () => {
    const formats = ["credential", "client-secret"];
    const readers = [{ objectId: reader, formats: ["client-secret"] }, { objectId: guidOf("another") }];
    const run = await record(azure, () => new CredentialExport("loader", { ...args, formats, readers }));
    expect(run.names("azure-native:authorization:RoleAssignment")).toEqual([
      `loader-credential-reader-${guidOf("another")}`,
      `loader-client-secret-reader-${reader}`,
      `loader-client-secret-reader-${guidOf("another")}`,
    ]);
  });

  it("refuses a reader's format that is not written, one twice, and none", async () => {
    const readers = [
      { objectId: reader, formats: ["client-secret", "credential", "credential"] },
      { objectId: guidOf("another"), formats: [] },
    ];
    expect(await problemsOf(() => new CredentialExport("loader", { ...args, readers }))).toEqual([
      'readers[0].formats[0]: got "client-secret"; needed a format that the credential is written in: "credential". Choose one of these.',
      'readers[0].formats[2]: got "credential"; needed each format once. Remove one of them.',
      'readers[1].formats: got nothing; needed one format or more, or no formats for all of them. Write, for example, "credential".',
    ]);
  });

  it("lets a reader read that secret and no other, once it is there", async () => {
    const run = await record(azure, () => new CredentialExport("loader", { ...args, readers: [{ objectId: reader }] }));
    const scope = `${vaultId}/secrets/forecast-loader-credential`;
    expect(run.resource(`loader-credential-reader-${reader}`)).toEqual({
      type: "azure-native:authorization:RoleAssignment",
      name: `loader-credential-reader-${reader}`,
      parent: "loader",
      inputs: {
        scope,
        roleDefinitionId: SECRETS_USER,
        principalId: reader,
        principalType: "ServicePrincipal",
        roleAssignmentName: assignmentName(scope, SECRETS_USER, reader),
      },
      dependsOn: ["loader-credential"],
      deletedWith: undefined,
    });
  });

  it("takes readers that are people or groups", async () => {
    const readers = [{ objectId: reader, principalType: "Group" }];
    const run = await record(azure, () => new CredentialExport("loader", { ...args, readers }));
    expect(run.resource(`loader-credential-reader-${reader}`).inputs).toMatchObject({ principalType: "Group" });
  });

  it("leaves the program with its vault, where the vault is of this program", async () => {
    const run = await record(azure, () => {
      const vault = new CredentialVault("kv-daemons", { resourceGroupName: "rg-daemons" });
      new CredentialExport("loader", { ...args, vault });
    });
    expect(run.resource("loader-credential").deletedWith).toBe("kv-daemons");
  });

  it("tells every problem of its arguments at once", async () => {
    const wrong = {
      ...args,
      daemon: "Forecast Loader",
      formats: ["credentials", "datalake-gen1", "datalake-gen1"],
      readers: [{ objectId: "consumer", principalType: "Application" }, { objectId: reader }, { objectId: reader }],
    };
    expect(await problemsOf(() => new CredentialExport("loader", wrong))).toEqual([
      'daemon: got "Forecast Loader"; needed 1 to 64 lowercase letters, digits and single hyphens, a letter first and no hyphen last. Write, for example, "forecast-loader".',
      'formats[0]: got "credentials"; needed a credential format: "client-secret", "credential", "msal-parameters", "sdk-auth", "aml-env", "azure-identity-env", "datalake-gen1". Did you mean "credential"?',
      'formats[2]: got "datalake-gen1"; needed each format once. Remove one of them.',
      'dataLakeGen1.storeName: got nothing; needed the Data Lake Storage Gen1 account that the format datalake-gen1 names. Write, for example, "forecastlake".',
      'readers[0].objectId: got "consumer"; needed an object ID, which is a GUID. Write, for example, "2f5c1d3e-8a47-4b0c-9d61-7e3f9a5b2c84".',
      'readers[0].principalType: got "Application"; needed a kind of principal: "ServicePrincipal", "Group", "User". Choose one of these.',
      `readers[2].objectId: got "${reader}"; needed each reader once. Remove one of them.`,
    ]);
  });

  it("wants a format, and a Gen1 account's name that Azure would take", async () => {
    const wrong = { ...args, formats: [], dataLakeGen1: { storeName: "Forecast-Lake" } };
    expect(await problemsOf(() => new CredentialExport("loader", wrong))).toEqual([
      'formats: got nothing; needed one credential format or more. Write, for example, "credential".',
      'dataLakeGen1.storeName: got "Forecast-Lake"; needed a Data Lake Storage Gen1 account\'s name: 3 to 24 lowercase letters and digits. Write, for example, "forecastlake".',
    ]);
  });

  describe("of a daemon without a client secret", () => {
    const { secret, ...withoutSecret } = args;
    const certificate = {
      secretUri: "https://kv-forecasts.vault.azure.net/secrets/forecast-loader-certificate",
      thumbprint: "0123456789abcdef0123456789abcdef01234567",
      notBefore: "2030-01-01T00:00:00Z",
      expiresOn: "2030-04-15T00:00:00Z",
    };

    it("has the certificate's dates, no generation, and the second version in its tags", async () => {
      expect(secret).toBeDefined();
      const run = await record(azure, () => new CredentialExport("loader", { ...withoutSecret, certificate }));
      expect(run.resource("loader-credential").inputs).toMatchObject({
        properties: { attributes: { enabled: true, notBefore: 1893456000, expires: 1902441600 } },
        tags: { contract: "2" },
      });
      expect(run.resource("loader-credential").inputs).not.toHaveProperty("tags.generation");
    });

    it("has no dates where nothing of it ends", async () => {
      const federated = [
        { issuer: "https://issuer.example", subject: "workload", audience: "api://AzureADTokenExchange" },
      ];
      const run = await record(azure, () => new CredentialExport("loader", { ...withoutSecret, federated }));
      expect(run.resource("loader-credential").inputs).toMatchObject({ properties: { attributes: { enabled: true } } });
      expect(run.resource("loader-credential").inputs).not.toHaveProperty("properties.attributes.expires");
    });

    it("lets a reader read the certificate's private key too, and no other secret", async () => {
      const run = await record(
        azure,
        () => new CredentialExport("loader", { ...withoutSecret, certificate, readers: [{ objectId: reader }] }),
      );
      const scope = `${vaultId}/secrets/forecast-loader-certificate`;
      expect(run.resource(`loader-private-key-forecast-loader-certificate-reader-${reader}`)).toMatchObject({
        inputs: {
          scope,
          roleDefinitionId: SECRETS_USER,
          principalId: reader,
          principalType: "ServicePrincipal",
          roleAssignmentName: assignmentName(scope, SECRETS_USER, reader),
        },
        dependsOn: [],
      });
      expect(run.names("azure-native:authorization:RoleAssignment")).toHaveLength(2);
      // The name that earlier versions gave it.
      expect(run.options(`loader-private-key-forecast-loader-certificate-reader-${reader}`).aliases).toEqual([
        `loader-certificate-reader-${reader}`,
      ]);
    });

    it("is refused in formats that carry a secret, with those that the daemon can have", async () => {
      const formats = ["credential", "client-secret", "aml-env", "datalake-gen1"];
      const dataLakeGen1 = { storeName: "forecastlake" };
      expect(
        await problemsOf(
          () => new CredentialExport("loader", { ...withoutSecret, certificate, formats, dataLakeGen1 }),
        ),
      ).toEqual([
        'formats[1]: got "client-secret"; needed a format for a daemon with a certificate: "credential", "msal-parameters", "azure-identity-env", "datalake-gen1". client-secret carries a client secret; choose one of these, or give the daemon what it carries.',
        'formats[2]: got "aml-env"; needed a format for a daemon with a certificate: "credential", "msal-parameters", "azure-identity-env", "datalake-gen1". aml-env carries a client secret; choose one of these, or give the daemon what it carries.',
      ]);
      const managed = {
        ...withoutSecret,
        managedIdentity: { resourceId: "/id" },
        formats: ["datalake-gen1"],
        dataLakeGen1,
      };
      expect(await problemsOf(() => new CredentialExport("loader", managed))).toEqual([
        'formats[0]: got "datalake-gen1"; needed a format for a daemon with a managed identity: "credential", "msal-parameters", "azure-identity-env". datalake-gen1 carries a client secret or a certificate; choose one of these, or give the daemon what it carries.',
      ]);
    });

    it("is refused without any credential, and with a managed identity that isn't alone", async () => {
      expect(await problemsOf(() => new CredentialExport("loader", withoutSecret))).toEqual([
        "secret: got nothing; needed a credential: one or more of secret, certificate and federated, or managedIdentity and none of them. Write, for example, secret with a rotation.",
      ]);
      const both = { ...args, certificate, managedIdentity: { resourceId: "/id" } };
      expect(await problemsOf(() => new CredentialExport("loader", both))).toEqual([
        "managedIdentity: got an object; needed managedIdentity without secret, certificate: Azure keeps a managed identity's credentials to itself. Remove managedIdentity, or secret, certificate.",
      ]);
    });
  });
});
