import { CredentialVault, DaemonAccess, type DaemonAccessArgs, DataLake } from "../../../components/index";
import { azure, guidOf, roleDefinition, WORKSPACE_ID } from "../../support/azureMocks";
import { issueCertificate, type TestCertificate } from "../../support/certificates";
import { record } from "../../support/mocks";
import { problemsOf } from "../../support/refusals";
import { reader, vaultId, vault, account, everything, declared, credentialIn } from "./forecastLoader";

// A busy machine takes seconds to load Azure's SDKs.
jest.setTimeout(60_000);

describe("a daemon's access", () => {
  it("names its secrets in the vault after nameInVault, and tells its own name in them", async () => {
    const run = await declared({ ...everything, nameInVault: "loader" });
    expect(run.resource("forecast-loader-credential").inputs).toMatchObject({
      secretName: "loader-credential",
      tags: { daemon: "forecast-loader" },
    });
    expect(run.resource(`forecast-loader-credential-reader-${reader}`).inputs["scope"]).toBe(
      `${vaultId}/secrets/loader-credential`,
    );
    expect(credentialIn(run)).toMatchObject({ daemon: "forecast-loader" });
    expect(await problemsOf(() => new DaemonAccess("loader", { ...everything, nameInVault: "Load er" }))).toEqual([
      expect.stringMatching(/^nameInVault: got "Load er"; needed 1 to 64 lowercase letters/),
    ]);
  });

  it("is one component with exactly the plain resources that the daemon needs", async () => {
    const run = await declared(everything);
    expect(run.resources.map(({ type, name, parent }) => [type, name, parent]).sort()).toEqual([
      ["azure-daemon-access:index:DaemonAccess", "forecast-loader", "azure-daemon-access-test"],
      ["azure-native:authorization:RoleAssignment", `forecast-loader-credential-reader-${reader}`, "forecast-loader"],
      ["azure-native:authorization:RoleAssignment", "forecast-loader-lake-role", "forecast-loader"],
      ["azure-native:authorization:RoleAssignment", "forecast-loader-machine-learning-role", "forecast-loader"],
      ["azure-native:keyvault:Secret", "forecast-loader-credential", "forecast-loader"],
      ["azuread:index/appRoleAssignment:AppRoleAssignment", "forecast-loader-graph-User.Read.All", "forecast-loader"],
      ["azuread:index/application:Application", "forecast-loader-application", "forecast-loader"],
      ["azuread:index/applicationPassword:ApplicationPassword", "forecast-loader-generation-0", "forecast-loader"],
      ["azuread:index/servicePrincipal:ServicePrincipal", "forecast-loader-service-principal", "forecast-loader"],
    ]);
  });

  it("is an identity with a credential where nothing else is asked for", async () => {
    const run = await declared({ secret: { endDate: "2031-01-01T00:00:00Z" }, vault });
    expect(run.resources.map(({ name }) => name).sort()).toEqual([
      "forecast-loader",
      "forecast-loader-application",
      "forecast-loader-credential",
      "forecast-loader-generation-0",
      "forecast-loader-service-principal",
    ]);
    expect(run.resource("forecast-loader-application").inputs).not.toHaveProperty("requiredResourceAccesses");
  });

  it("gives the role on one file system alone, to the service principal", async () => {
    const run = await declared(everything);
    expect(run.resource("forecast-loader-lake-role").inputs).toMatchObject({
      scope: `${account.accountId}/blobServices/default/containers/forecasts`,
      roleDefinitionId: roleDefinition("ba92f5b4-2d11-453d-a403-e96b0029c9fe"),
      principalId: guidOf("forecast-loader-service-principal"),
      principalType: "ServicePrincipal",
    });
  });

  it("waits for the file system of a lake of the same program", async () => {
    const run = await record(azure, () => {
      const lake = new DataLake("stdaemons", { resourceGroupName: "rg-daemons", fileSystems: ["forecasts"] });
      new DaemonAccess("forecast-loader", { ...everything, lake: { account: lake, fileSystem: "forecasts" } });
    });
    expect(run.resource("forecast-loader-lake-role").dependsOn).toContain("stdaemons-forecasts");
  });

  it("tells in the credential who the daemon is and what it has access to", async () => {
    const run = await declared(everything);
    const clientId = guidOf("forecast-loader-application's client");
    expect(credentialIn(run)).toMatchObject({
      version: 1,
      daemon: "forecast-loader",
      clientId,
      clientSecret: "value of forecast-loader-generation-0",
      expiresOn: "2030-04-15T00:00:00Z",
      generation: 0,
      graph: { permissions: ["User.Read.All"], consent: "grant" },
      lake: { url: account.url, fileSystem: "forecasts", role: "Storage Blob Data Contributor" },
      machineLearning: { workspaceId: WORKSPACE_ID, role: "AzureML Data Scientist" },
    });
  });

  it("carries the newest generation in the vault while the one before is still valid", async () => {
    const run = await declared({ ...everything, asOf: "2030-04-05T00:00:00Z" });
    expect(run.names("azuread:index/applicationPassword:ApplicationPassword")).toHaveLength(2);
    expect(credentialIn(run)).toMatchObject({ clientSecret: "value of forecast-loader-generation-1", generation: 1 });
  });

  it("asks the providers once, however many daemons there are", async () => {
    const run = await record(azure, () => {
      const shared = new CredentialVault("kv-daemons", { resourceGroupName: "rg-daemons" });
      for (const name of ["one", "two", "three"]) new DaemonAccess(name, { ...everything, vault: shared });
    });
    expect([...run.calls].sort()).toEqual([
      "azure-native:authorization:getClientConfig",
      "azuread:index/getClientConfig:getClientConfig",
      "azuread:index/getServicePrincipal:getServicePrincipal",
    ]);
  });

  it("tells what others need of it", async () => {
    const { outputs } = await record(azure, () => {
      const access = new DaemonAccess("forecast-loader", everything);
      const { objectId, secretUris, expiresOn, generation, nextRotation } = access;
      return { objectId, secretUris, expiresOn, generation, nextRotation };
    });
    expect(outputs).toEqual({
      objectId: guidOf("forecast-loader-service-principal"),
      secretUris: { credential: "https://kv-forecasts.vault.azure.net/secrets/forecast-loader-credential" },
      expiresOn: "2030-04-15T00:00:00Z",
      generation: 0,
      nextRotation: "2030-04-01T00:00:00Z",
    });
  });

  it("tells every problem of all its parts at once", async () => {
    const wrong: DaemonAccessArgs = {
      displayName: "",
      owners: ["me"],
      secret: { endDate: "2029-01-01T00:00:00Z" },
      asOf: "2030-01-01T00:00:00Z",
      graph: { permissions: ["User.Read.Al"] },
      lake: { account, fileSystem: "Forecasts", role: "Storage Blob Data Owner" },
      machineLearning: { workspaceId: "mlw-forecast", role: "Contributor" },
      vault,
      formats: ["json"],
    };
    const problems = await problemsOf(() => new DaemonAccess("Forecast_Loader", wrong));
    expect(problems.map((problem) => problem.replace(/;.*/, ""))).toEqual([
      'name: got "Forecast_Loader"',
      "displayName: got nothing",
      'owners[0]: got "me"',
      'secret.endDate: got "2029-01-01T00:00:00Z"',
      'graph.permissions[0]: got "User.Read.Al"',
      'lake.fileSystem: got "Forecasts"',
      'lake.role: got "Storage Blob Data Owner"',
      'machineLearning.workspaceId: got "mlw-forecast"',
      'machineLearning.role: got "Contributor"',
      'formats[0]: got "json"',
    ]);
  });

  it("refuses a file system that the lake of the same program lacks", async () => {
    const attempt = record(azure, () => {
      const lake = new DataLake("stdaemons", { resourceGroupName: "rg-daemons", fileSystems: ["forecasts"] });
      try {
        return new DaemonAccess("loader", { ...everything, lake: { account: lake, fileSystem: "forecast" } }).urn;
      } catch (error) {
        return String(error);
      }
    });
    expect((await attempt).outputs).toContain(
      'lake.fileSystem: got "forecast"; needed a file system that the lake has. Did you mean "forecasts"?',
    );
  });

  describe("with a certificate", () => {
    let own: TestCertificate;
    beforeAll(async () => {
      own = await issueCertificate({ notBefore: "2030-01-01T00:00:00Z", notAfter: "2030-07-01T00:00:00Z" });
    });
    const { secret, ...withoutSecret } = everything;
    const certificate = () => ({
      certificates: [{ name: "2030-01", pem: own.pem, secretUri: `${vault.vaultUri}secrets/forecast-loader-2030-01` }],
    });

    it("has no password, and tells of the certificate where its private key is", async () => {
      expect(secret).toBeDefined();
      const run = await declared({ ...withoutSecret, certificate: certificate() });
      expect(run.names("azuread:index/applicationPassword:ApplicationPassword")).toEqual([]);
      expect(run.names("azuread:index/applicationCertificate:ApplicationCertificate")).toEqual([
        "forecast-loader-certificate-2030-01",
      ]);
      expect(credentialIn(run)).toMatchObject({
        version: 2,
        certificate: {
          secretUri: `${vault.vaultUri}secrets/forecast-loader-2030-01`,
          thumbprint: Buffer.from(own.sha1, "base64url").toString("hex"),
          notBefore: "2030-01-01T00:00:00Z",
          expiresOn: "2030-07-01T00:00:00Z",
        },
        expiresOn: "2030-07-01T00:00:00Z",
      });
      expect(run.resource(`forecast-loader-private-key-forecast-loader-2030-01-reader-${reader}`).inputs).toMatchObject(
        {
          scope: `${vaultId}/secrets/forecast-loader-2030-01`,
        },
      );
    });

    it("moves from a secret without a break: both at once, the certificate written after the password", async () => {
      const run = await declared({ ...everything, certificate: certificate() });
      expect(run.resource("forecast-loader-certificate-2030-01").dependsOn).toContain("forecast-loader-generation-0");
      expect(credentialIn(run)).toMatchObject({ version: 1, clientSecret: expect.any(String) as string });
    });

    it("tells where the private key is, and when the certificate ends", async () => {
      const { outputs } = await record(azure, () => {
        const { certificateUri, expiresOn } = new DaemonAccess("forecast-loader", {
          ...withoutSecret,
          certificate: certificate(),
        });
        return { certificateUri, expiresOn };
      });
      expect(outputs).toEqual({
        certificateUri: `${vault.vaultUri}secrets/forecast-loader-2030-01`,
        expiresOn: "2030-07-01T00:00:00Z",
      });
    });

    it("is refused where the private key lies in another vault, whose readers it cannot name", async () => {
      const elsewhere = certificate().certificates.map((each) => ({
        ...each,
        secretUri: "https://kv-other.vault.azure.net/secrets/forecast-loader-2030-01",
      }));
      const args = { ...withoutSecret, certificate: { certificates: elsewhere } };
      expect(await problemsOf(() => new DaemonAccess("forecast-loader", args))).toEqual([
        'certificate.certificates[0].secretUri: got "https://kv-other.vault.azure.net/secrets/forecast-loader-2030-01"; needed a secret of the vault kv-forecasts. Take vaultId and secretUri from the same stack.',
      ]);
    });

    it("needs the moment that dates are read at", async () => {
      const { asOf, ...undated } = withoutSecret;
      expect(asOf).toBeDefined();
      expect(
        await problemsOf(() => new DaemonAccess("forecast-loader", { ...undated, certificate: certificate() })),
      ).toEqual([
        'asOf: got nothing; needed the moment to read the certificates\' dates at. Write, for example, "2027-02-01T00:00:00Z".',
      ]);
    });
  });
});
