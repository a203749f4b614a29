import {
  azureIdentityAppSettings,
  azureIdentityContainerVariables,
  containerAppSecret,
  keyVaultReference,
  secretProviderClass,
} from "../../../components/index";
import { parse } from "yaml";
import { guidOf, TENANT_ID } from "../../support/azureMocks";
import { record } from "../../support/mocks";
import { problemsOf } from "../../support/refusals";
import { loader, VAULT_URI } from "./ownersOutputs";

const secretUri = loader.secretUris.credential;
const outputsOf = async <T>(build: () => T) => (await record({ calls: {}, resources: {} }, build)).outputs;

describe("a Key Vault reference", () => {
  it("is what App Service and Functions read", async () => {
    expect(await outputsOf(() => keyVaultReference(secretUri))).toBe(
      "@Microsoft.KeyVault(SecretUri=https://kv-daemons.vault.azure.net/secrets/forecast-loader-credential)",
    );
  });

  it("refuses a version, which would outlive no rotation", async () => {
    expect(await problemsOf(() => keyVaultReference(`${secretUri}/0a1b2c`))).toEqual([
      expect.stringContaining("needed the URI of a Key Vault secret without a version."),
    ]);
  });
});

describe("a container app's secret", () => {
  it("is read by the app's own identity", async () => {
    expect(await outputsOf(() => containerAppSecret({ name: "credential", secretUri }))).toEqual({
      name: "credential",
      keyVaultUrl: secretUri,
      identity: "system",
    });
  });

  it("is read by another identity where one is given", async () => {
    const identity = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id";
    expect(await outputsOf(() => containerAppSecret({ name: "credential", secretUri, identity }))).toMatchObject({
      identity,
    });
  });

  it("tells every problem of its arguments at once", async () => {
    expect(await problemsOf(() => containerAppSecret({ name: "Credential_1", secretUri: VAULT_URI }))).toEqual([
      'name: got "Credential_1"; needed 1 to 253 lowercase letters, digits and hyphens, no hyphen first or last. Write, for example, "forecast-loader-credential".',
      expect.stringContaining("secretUri: got"),
    ]);
  });
});

describe("a SecretProviderClass", () => {
  const args = {
    name: "forecast-loader",
    namespace: "reporting",
    secretUri,
    tenantId: TENANT_ID,
    workloadIdentityClientId: guidOf("workload"),
  };

  it("mounts one secret by workload identity", async () => {
    const manifest = await outputsOf(() => secretProviderClass({ ...args, fileName: "credential.json" }));
    const { objects, ...parameters } = manifest.spec.parameters;
    expect({ ...manifest, spec: { ...manifest.spec, parameters } }).toEqual({
      apiVersion: "secrets-store.csi.x-k8s.io/v1",
      kind: "SecretProviderClass",
      metadata: { name: "forecast-loader", namespace: "reporting" },
      spec: {
        provider: "azure",
        parameters: {
          usePodIdentity: "false",
          useVMManagedIdentity: "false",
          clientID: guidOf("workload"),
          tenantId: TENANT_ID,
          keyvaultName: "kv-daemons",
        },
      },
    });
    const { array } = parse(objects) as { array: string[] };
    expect(array.map((each) => parse(each) as unknown)).toEqual([
      {
        objectName: "forecast-loader-credential",
        objectType: "secret",
        objectAlias: "credential.json",
        objectVersion: "",
      },
    ]);
  });

  it("calls the file as the secret is called", async () => {
    const { spec } = await outputsOf(() => secretProviderClass(args));
    expect(spec.parameters.objects).toContain("objectAlias: forecast-loader-credential\n");
  });

  it("tells every problem of its arguments at once", async () => {
    const wrong = { ...args, name: "Loader", namespace: "a b", tenantId: "contoso", fileName: "a/b" };
    expect(await problemsOf(() => secretProviderClass(wrong))).toEqual([
      expect.stringContaining('name: got "Loader"'),
      expect.stringContaining('namespace: got "a b"'),
      expect.stringContaining('tenantId: got "contoso"'),
      expect.stringContaining('fileName: got "a/b"'),
    ]);
  });
});

describe("the environment of azure-identity", () => {
  it("is three app settings, the secret one a Key Vault reference", async () => {
    expect(await outputsOf(() => azureIdentityAppSettings(loader, loader.secretUris["client-secret"]))).toEqual([
      { name: "AZURE_TENANT_ID", value: TENANT_ID },
      { name: "AZURE_CLIENT_ID", value: loader.clientId },
      {
        name: "AZURE_CLIENT_SECRET",
        value: `@Microsoft.KeyVault(SecretUri=${VAULT_URI}secrets/forecast-loader-client-secret)`,
      },
    ]);
  });

  it("is three variables of a container, the secret one by its name in the app", async () => {
    expect(await outputsOf(() => azureIdentityContainerVariables(loader, "client-secret"))).toEqual([
      { name: "AZURE_TENANT_ID", value: TENANT_ID },
      { name: "AZURE_CLIENT_ID", value: loader.clientId },
      { name: "AZURE_CLIENT_SECRET", secretRef: "client-secret" },
    ]);
  });
});
