/** What a credential says of itself, everything known. */
export interface CredentialFacts {
  readonly daemon: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly subscriptionId: string;
  /** RFC 3339, UTC. */
  readonly notBefore: string;
  /** RFC 3339, UTC. */
  readonly expiresOn: string;
  readonly generation: number;
  readonly graph?: {
    readonly permissions: readonly string[];
    readonly consent: string;
    readonly adminConsentUrl: string;
  };
  readonly lake?: { readonly url: string; readonly fileSystem: string; readonly role: string };
  readonly machineLearning?: { readonly workspaceId: string; readonly role: string };
  readonly dataLakeGen1?: { readonly storeName: string };
}

/** A shape in which programs read a credential. */
export interface CredentialFormat {
  readonly contentType: string;
  render(facts: CredentialFacts): string;
}

/** Version of the credential format and of the tags that go with it. */
export const CONTRACT_VERSION = 1;
export const DEFAULT_FORMAT = "credential";

const SIGN_IN = "https://login.microsoftonline.com";
const GRAPH = "https://graph.microsoft.com";

const json = (shape: (facts: CredentialFacts) => Readonly<Record<string, unknown>>): CredentialFormat => ({
  contentType: "application/json",
  render: (facts) => JSON.stringify(shape(facts)),
});

/** The formats by name; each secret is named after the daemon and its format. */
export const credentialFormats: ReadonlyMap<string, CredentialFormat> = new Map([
  ["client-secret", { contentType: "text/plain", render: ({ clientSecret }: CredentialFacts) => clientSecret }],
  [DEFAULT_FORMAT, json(credential)],
  ["msal-parameters", json(msalParameters)],
  ["sdk-auth", json(sdkAuth)],
  ["aml-env", json(machineLearningEnvironment)],
  ["azure-identity-env", json(azureIdentityEnvironment)],
  ["datalake-gen1", json(dataLakeGen1)],
]);

/** The format that needs the name of a Gen1 account. */
export const DATA_LAKE_GEN1_FORMAT = "datalake-gen1";

/** Name of the secret that carries one format of a daemon's credential. */
export const credentialSecretName = (daemon: string, format: string): string => `${daemon}-${format}`;

function credential(facts: CredentialFacts): Record<string, unknown> {
  const { daemon, tenantId, clientId, clientSecret, notBefore, expiresOn, generation } = facts;
  const { graph, lake, machineLearning } = facts;
  return {
    version: CONTRACT_VERSION,
    daemon,
    tenantId,
    clientId,
    clientSecret,
    authority: `${SIGN_IN}/${tenantId}`,
    notBefore,
    expiresOn,
    generation,
    ...(graph && { graph: { endpoint: `${GRAPH}/v1.0`, ...graph } }),
    ...(lake && { lake }),
    ...(machineLearning && { machineLearning }),
  };
}

/** parameters.json of MSAL's daemon samples. */
function msalParameters({ tenantId, clientId, clientSecret }: CredentialFacts): Record<string, unknown> {
  return {
    authority: `${SIGN_IN}/${tenantId}`,
    client_id: clientId,
    scope: [`${GRAPH}/.default`],
    secret: clientSecret,
    endpoint: `${GRAPH}/v1.0/users`,
  };
}

/** What `az ad sp create-for-rbac --sdk-auth` prints. */
function sdkAuth({ tenantId, clientId, clientSecret, subscriptionId }: CredentialFacts): Record<string, unknown> {
  return {
    clientId,
    clientSecret,
    subscriptionId,
    tenantId,
    activeDirectoryEndpointUrl: SIGN_IN,
    resourceManagerEndpointUrl: "https://management.azure.com/",
    activeDirectoryGraphResourceId: "https://graph.windows.net/",
    sqlManagementEndpointUrl: "https://management.core.windows.net:8443/",
    galleryEndpointUrl: "https://gallery.azure.com/",
    managementEndpointUrl: "https://management.core.windows.net/",
  };
}

function machineLearningEnvironment({ tenantId, clientId, clientSecret }: CredentialFacts): Record<string, unknown> {
  return { AML_TENANT_ID: tenantId, AML_PRINCIPAL_ID: clientId, AML_PRINCIPAL_PASS: clientSecret };
}

function azureIdentityEnvironment({ tenantId, clientId, clientSecret }: CredentialFacts): Record<string, unknown> {
  return { AZURE_TENANT_ID: tenantId, AZURE_CLIENT_ID: clientId, AZURE_CLIENT_SECRET: clientSecret };
}

function dataLakeGen1(facts: CredentialFacts): Record<string, unknown> {
  return {
    tenant_id: facts.tenantId,
    client_id: facts.clientId,
    client_secret: facts.clientSecret,
    resource: "https://datalake.azure.net/",
    store_name: facts.dataLakeGen1?.storeName,
  };
}
