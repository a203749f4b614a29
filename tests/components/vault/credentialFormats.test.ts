import { type CredentialFacts, credentialFormats, formatsFor } from "../../../components/vault/credentialFormats";

const facts: CredentialFacts = {
  daemon: "forecast-loader",
  tenantId: "tenant",
  clientId: "client",
  clientSecret: "value",
  subscriptionId: "subscription",
  notBefore: "2030-01-01T00:00:00Z",
  expiresOn: "2030-04-15T00:00:00Z",
  generation: 3,
};

const rendered = (format: string, extra: Partial<CredentialFacts> = {}): unknown =>
  JSON.parse(credentialFormats.get(format)?.render({ ...facts, ...extra }) ?? "");

describe("the credential formats", () => {
  it("are JSON, but for the bare client secret", () => {
    expect([...credentialFormats].map(([name, { contentType }]) => [name, contentType])).toEqual([
      ["client-secret", "text/plain"],
      ["credential", "application/json"],
      ["msal-parameters", "application/json"],
      ["sdk-auth", "application/json"],
      ["aml-env", "application/json"],
      ["azure-identity-env", "application/json"],
      ["datalake-gen1", "application/json"],
    ]);
  });

  it("client-secret is the bare value", () => {
    expect(credentialFormats.get("client-secret")?.render(facts)).toBe("value");
  });

  it("credential says who the daemon is, until when, and nothing of access that it lacks", () => {
    expect(rendered("credential")).toEqual({
      version: 1,
      daemon: "forecast-loader",
      tenantId: "tenant",
      clientId: "client",
      clientSecret: "value",
      authority: "https://login.microsoftonline.com/tenant",
      notBefore: "2030-01-01T00:00:00Z",
      expiresOn: "2030-04-15T00:00:00Z",
      generation: 3,
    });
  });

  it("credential tells of the access that the daemon has", () => {
    const graph = { permissions: ["User.Read.All"], consent: "grant", adminConsentUrl: "https://consent" };
    const lake = { url: "https://lake/", fileSystem: "forecasts", role: "Storage Blob Data Reader" };
    const machineLearning = { workspaceId: "/workspace", role: "AzureML Data Scientist" };
    expect(rendered("credential", { graph, lake, machineLearning })).toMatchObject({
      graph: { endpoint: "https://graph.microsoft.com/v1.0", ...graph },
      lake,
      machineLearning,
    });
  });

  it("msal-parameters is the settings file of MSAL's daemons", () => {
    expect(rendered("msal-parameters")).toEqual({
      authority: "https://login.microsoftonline.com/tenant",
      client_id: "client",
      scope: ["https://graph.microsoft.com/.default"],
      secret: "value",
      endpoint: "https://graph.microsoft.com/v1.0/users",
    });
  });

  it("sdk-auth is what create-for-rbac prints", () => {
    expect(rendered("sdk-auth")).toEqual({
      clientId: "client",
      clientSecret: "value",
      subscriptionId: "subscription",
      tenantId: "tenant",
      activeDirectoryEndpointUrl: "https://login.microsoftonline.com",
      resourceManagerEndpointUrl: "https://management.azure.com/",
      activeDirectoryGraphResourceId: "https://graph.windows.net/",
      sqlManagementEndpointUrl: "https://management.core.windows.net:8443/",
      galleryEndpointUrl: "https://gallery.azure.com/",
      managementEndpointUrl: "https://management.core.windows.net/",
    });
  });

  it("aml-env has the variables of Azure Machine Learning's programs", () => {
    expect(rendered("aml-env")).toEqual({
      AML_TENANT_ID: "tenant",
      AML_PRINCIPAL_ID: "client",
      AML_PRINCIPAL_PASS: "value",
    });
  });

  it("azure-identity-env has the variables of DefaultAzureCredential", () => {
    expect(rendered("azure-identity-env")).toEqual({
      AZURE_TENANT_ID: "tenant",
      AZURE_CLIENT_ID: "client",
      AZURE_CLIENT_SECRET: "value",
    });
  });

  it("datalake-gen1 has what the Gen1 library signs in with", () => {
    expect(rendered("datalake-gen1", { dataLakeGen1: { storeName: "forecastlake" } })).toEqual({
      tenant_id: "tenant",
      client_id: "client",
      client_secret: "value",
      resource: "https://datalake.azure.net/",
      store_name: "forecastlake",
    });
  });

  describe("of a daemon without a client secret", () => {
    const { clientSecret, generation, notBefore, expiresOn, ...bare } = facts;
    const certificate = {
      secretUri: "https://kv-daemons.vault.azure.net/secrets/forecast-loader-certificate",
      thumbprint: "0123456789abcdef0123456789abcdef01234567",
      notBefore: "2030-01-01T00:00:00Z",
      expiresOn: "2031-01-01T00:00:00Z",
    };
    const withoutSecret = (format: string, extra: Partial<CredentialFacts>): unknown =>
      JSON.parse(credentialFormats.get(format)?.render({ ...bare, ...extra }) ?? "");
    const dates = { notBefore: certificate.notBefore, expiresOn: certificate.expiresOn };

    it("credential tells where the certificate's private key is, in its second version", () => {
      expect([clientSecret, generation, notBefore, expiresOn]).not.toContain(undefined);
      expect(withoutSecret("credential", { certificate, ...dates })).toEqual({
        version: 2,
        daemon: "forecast-loader",
        tenantId: "tenant",
        clientId: "client",
        certificate,
        authority: "https://login.microsoftonline.com/tenant",
        ...dates,
      });
    });

    it("credential tells whose tokens are taken, without dates", () => {
      const federated = [
        { issuer: "https://issuer.example", subject: "workload", audience: "api://AzureADTokenExchange" },
      ];
      expect(withoutSecret("credential", { federated })).toEqual({
        version: 2,
        daemon: "forecast-loader",
        tenantId: "tenant",
        clientId: "client",
        federated,
        authority: "https://login.microsoftonline.com/tenant",
      });
    });

    it("credential tells which managed identity the daemon is", () => {
      expect(withoutSecret("credential", { managedIdentity: { resourceId: "/id" } })).toMatchObject({
        version: 2,
        managedIdentity: { resourceId: "/id" },
      });
    });

    it("the settings files name the certificate and a file for its private key", () => {
      const file = "forecast-loader-certificate.pem";
      expect(withoutSecret("msal-parameters", { certificate })).toEqual({
        authority: "https://login.microsoftonline.com/tenant",
        client_id: "client",
        scope: ["https://graph.microsoft.com/.default"],
        thumbprint: certificate.thumbprint,
        private_key_file: file,
        endpoint: "https://graph.microsoft.com/v1.0/users",
      });
      expect(withoutSecret("datalake-gen1", { certificate, dataLakeGen1: { storeName: "forecastlake" } })).toEqual({
        tenant_id: "tenant",
        client_id: "client",
        thumbprint: certificate.thumbprint,
        private_key_file: file,
        resource: "https://datalake.azure.net/",
        store_name: "forecastlake",
      });
      expect(withoutSecret("azure-identity-env", { certificate })).toEqual({
        AZURE_TENANT_ID: "tenant",
        AZURE_CLIENT_ID: "client",
        AZURE_CLIENT_CERTIFICATE_PATH: file,
      });
    });

    it("the settings files leave out what a federated or managed identity hasn't", () => {
      expect(withoutSecret("azure-identity-env", {})).toEqual({ AZURE_TENANT_ID: "tenant", AZURE_CLIENT_ID: "client" });
      expect(withoutSecret("msal-parameters", {})).toEqual({
        authority: "https://login.microsoftonline.com/tenant",
        client_id: "client",
        scope: ["https://graph.microsoft.com/.default"],
        endpoint: "https://graph.microsoft.com/v1.0/users",
      });
    });

    it("the settings files keep to the secret while there is one", () => {
      expect(rendered("msal-parameters", { certificate })).toMatchObject({ secret: "value" });
      expect(rendered("msal-parameters", { certificate })).not.toHaveProperty("thumbprint");
      expect(rendered("azure-identity-env", { certificate })).not.toHaveProperty("AZURE_CLIENT_CERTIFICATE_PATH");
      expect(rendered("credential", { certificate })).toMatchObject({ version: 1, clientSecret: "value", certificate });
    });

    it.each([
      [["certificate"], ["credential", "msal-parameters", "azure-identity-env", "datalake-gen1"]],
      [["federated"], ["credential", "msal-parameters", "azure-identity-env"]],
      [["managedIdentity"], ["credential", "msal-parameters", "azure-identity-env"]],
    ] as const)("are, for %p, those that need no secret", (kinds, formats) => {
      expect(formatsFor(kinds)).toEqual(formats);
    });
  });
});
