import { type CredentialKind, credentialKinds } from "../identity/credentialKinds";

/** What a credential says of itself, everything known. */
export interface CredentialFacts {
  readonly daemon: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret?: string;
  readonly certificate?: {
    readonly secretUri: string;
    readonly thumbprint: string;
    readonly notBefore: string;
    readonly expiresOn: string;
  };
  readonly federated?: readonly { readonly issuer: string; readonly subject: string; readonly audience: string }[];
  readonly managedIdentity?: { readonly resourceId: string };
  readonly subscriptionId: string;
  /** RFC 3339, UTC. Of the secret, or of the certificate where there is none; absent where neither is. */
  readonly notBefore?: string;
  /** RFC 3339, UTC. */
  readonly expiresOn?: string;
  /** Of the secret. */
  readonly generation?: number;
  readonly graph?: {
    readonly permissions: readonly string[];
    readonly consent: string;
    /** Absent for a managed identity, which nobody can consent for. */
    readonly adminConsentUrl?: string;
  };
  readonly lake?: { readonly url: string; readonly fileSystem: string; readonly role: string };
  readonly machineLearning?: {
    readonly workspaceId: string;
    readonly role: string;
    readonly job?: string;
    readonly endpoint?: string;
  };
  readonly dataLakeGen1?: { readonly storeName: string };
}

/** A shape in which programs read a credential. */
export interface CredentialFormat {
  readonly contentType: string;
  /** What it holds, for readers of the reference: Markdown. */
  readonly holds: string;
  /** Kinds of credential that it can carry; a daemon needs one of them. */
  readonly carries: readonly CredentialKind[];
  render(facts: CredentialFacts): string;
}

/** Version of a credential with a client secret, which is what its first readers expect. */
const WITH_SECRET_VERSION = 1;
/** Version of a credential without one. */
const WITHOUT_SECRET_VERSION = 2;

/** Version of the credential format, and of the tags that go with it. */
export const contractVersion = (hasSecret: boolean): number =>
  hasSecret ? WITH_SECRET_VERSION : WITHOUT_SECRET_VERSION;

export const DEFAULT_FORMAT = "credential";

const SIGN_IN = "https://login.microsoftonline.com";
const GRAPH = "https://graph.microsoft.com";

const SECRET_ALONE = ["secret"] as const;
const SECRET_OR_CERTIFICATE = ["secret", "certificate"] as const;

const json = (
  holds: string,
  carries: readonly CredentialKind[],
  shape: (facts: CredentialFacts) => Readonly<Record<string, unknown>>,
): CredentialFormat => ({
  contentType: "application/json",
  holds,
  carries,
  render: (facts) => JSON.stringify(shape(facts)),
});

const clientSecret: CredentialFormat = {
  contentType: "text/plain",
  holds: "the client secret alone",
  carries: SECRET_ALONE,
  render: (facts) => facts.clientSecret ?? "",
};

/** The formats by name; each secret is named after the daemon and its format. */
export const credentialFormats: ReadonlyMap<string, CredentialFormat> = new Map([
  ["client-secret", clientSecret],
  [DEFAULT_FORMAT, json("everything, with the access that the daemon has", credentialKinds, credential)],
  [
    "msal-parameters",
    json(
      "`authority`, `client_id`, `scope`, `secret`, `endpoint`: the parameters of MSAL's daemon samples; `thumbprint` and `private_key_file` for a certificate",
      credentialKinds,
      msalParameters,
    ),
  ],
  ["sdk-auth", json("what `az ad sp create-for-rbac --sdk-auth` prints", SECRET_ALONE, sdkAuth)],
  [
    "aml-env",
    json("`AML_TENANT_ID`, `AML_PRINCIPAL_ID`, `AML_PRINCIPAL_PASS`", SECRET_ALONE, machineLearningEnvironment),
  ],
  [
    "azure-identity-env",
    json(
      "`AZURE_TENANT_ID`, `AZURE_CLIENT_ID`, `AZURE_CLIENT_SECRET`; `AZURE_CLIENT_CERTIFICATE_PATH` for a certificate",
      credentialKinds,
      azureIdentityEnvironment,
    ),
  ],
  [
    "datalake-gen1",
    json(
      "`tenant_id`, `client_id`, `client_secret`, `resource`, `store_name` for Data Lake Storage Gen1 clients; `thumbprint` and `private_key_file` for a certificate",
      SECRET_OR_CERTIFICATE,
      dataLakeGen1,
    ),
  ],
]);

/** The formats that a daemon with these kinds of credential can be delivered in. */
export const formatsFor = (kinds: readonly CredentialKind[]): string[] =>
  [...credentialFormats].flatMap(([name, { carries }]) => (carries.some((kind) => kinds.includes(kind)) ? [name] : []));

/** The format that needs the name of a Gen1 account. */
export const DATA_LAKE_GEN1_FORMAT = "datalake-gen1";

/** Name of the secret that carries one format of a daemon's credential. */
export const credentialSecretName = (daemon: string, format: string): string => `${daemon}-${format}`;

/** The file that a program keeps a certificate's private key in, as the settings files name it: that of the vault's secret. */
const privateKeyFile = ({ secretUri }: NonNullable<CredentialFacts["certificate"]>): string =>
  `${secretUri.split("/").at(-1) ?? ""}.pem`;

function credential(facts: CredentialFacts): Record<string, unknown> {
  const { daemon, tenantId, clientId, notBefore, expiresOn, generation } = facts;
  const { certificate, federated, managedIdentity, graph, lake, machineLearning } = facts;
  return {
    version: contractVersion(facts.clientSecret !== undefined),
    daemon,
    tenantId,
    clientId,
    ...(facts.clientSecret !== undefined && { clientSecret: facts.clientSecret }),
    ...(certificate && { certificate }),
    ...(federated && { federated }),
    ...(managedIdentity && { managedIdentity }),
    authority: `${SIGN_IN}/${tenantId}`,
    ...(notBefore !== undefined && { notBefore }),
    ...(expiresOn !== undefined && { expiresOn }),
    ...(generation !== undefined && { generation }),
    ...(graph && { graph: { endpoint: `${GRAPH}/v1.0`, ...graph } }),
    ...(lake && { lake }),
    ...(machineLearning && { machineLearning }),
  };
}

/** parameters.json of MSAL's daemon samples. */
function msalParameters(facts: CredentialFacts): Record<string, unknown> {
  return {
    authority: `${SIGN_IN}/${facts.tenantId}`,
    client_id: facts.clientId,
    scope: [`${GRAPH}/.default`],
    ...secretOrCertificate(facts, "secret"),
    endpoint: `${GRAPH}/v1.0/users`,
  };
}

/** A client secret under the name that a settings file gives it; where there is none, a certificate's thumbprint and file. */
function secretOrCertificate(
  { clientSecret, certificate }: CredentialFacts,
  secretField: string,
): Record<string, unknown> {
  if (clientSecret !== undefined) return { [secretField]: clientSecret };
  return certificate ? { thumbprint: certificate.thumbprint, private_key_file: privateKeyFile(certificate) } : {};
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

function azureIdentityEnvironment(facts: CredentialFacts): Record<string, unknown> {
  const { tenantId, clientId, clientSecret, certificate } = facts;
  return {
    AZURE_TENANT_ID: tenantId,
    AZURE_CLIENT_ID: clientId,
    ...(clientSecret !== undefined && { AZURE_CLIENT_SECRET: clientSecret }),
    ...(clientSecret === undefined && certificate && { AZURE_CLIENT_CERTIFICATE_PATH: privateKeyFile(certificate) }),
  };
}

function dataLakeGen1(facts: CredentialFacts): Record<string, unknown> {
  return {
    tenant_id: facts.tenantId,
    client_id: facts.clientId,
    ...secretOrCertificate(facts, "client_secret"),
    resource: "https://datalake.azure.net/",
    store_name: facts.dataLakeGen1?.storeName,
  };
}
