/** A call of a service, as local Azure's request log names it. */
export interface ExpectedCall {
  readonly service: string;
  readonly method: string;
  readonly path: RegExp;
}

/** A role on the vault that a stack does not give. */
export type VaultRole = "Key Vault Crypto Officer" | "Key Vault Certificates Officer" | "Key Vault Secrets User";

/** One real-world client program. Its name is its daemon's name in Pulumi.clients.yaml too. */
export interface Client {
  readonly name: string;
  readonly language: "python" | "node" | "java" | "go";
  /** Below examples/clients. */
  readonly directory: string;
  /** File of the program; for Java its class. */
  readonly program: string;
  /** The file in the directory that pins the versions of what the program needs. */
  readonly pins: string;
  /** The published packages that the row is about. */
  readonly packages: readonly string[];
  /** The kind of credential that its daemon has in the end. @default "secret" */
  readonly credential?: "certificate";
  /** Roles on the vault that its daemon has beside what the stack gives. @default none */
  readonly vaultRoles?: readonly VaultRole[];
  /** The identity of the landing zone whose `AZURE_` variables it gets. @default "consumer", who reads the vault */
  readonly as?: "administrator";
  /** What it must have been granted: a program that ends well without these calls has not done its work. */
  readonly makes: readonly ExpectedCall[];
}

const graphUsers: ExpectedCall = { service: "graph", method: "GET", path: /^\/v1\.0\/users$/ };
const workspace: ExpectedCall = {
  service: "arm",
  method: "GET",
  path: /\/providers\/Microsoft\.MachineLearningServices\/workspaces\/[^/]+$/,
};
const lakeFiles: readonly ExpectedCall[] = ["PUT", "PATCH", "GET", "DELETE"].map((method) => ({
  service: "dataLake",
  method,
  path: /^\/clients\/[^/]+\.txt$/,
}));
/** Blobs in blocks, streams, copies and tables: each client writes them in a directory of its own. */
const filesOf = (name: string, ...methods: readonly string[]): ExpectedCall[] =>
  methods.map((method) => ({ service: "dataLake", method, path: new RegExp(`^/clients/${name}/`) }));
const retiredLakeFiles: readonly ExpectedCall[] = ["PUT", "POST", "GET", "DELETE"].map((method) => ({
  service: "dataLakeGen1",
  method,
  path: /^\/webhdfs\/.*\/made/,
}));
const retiredLakeAccount: ExpectedCall = {
  service: "arm",
  method: "GET",
  path: /\/providers\/Microsoft\.DataLakeStore\/accounts\/[^/]+$/,
};

/** The calls that use a key, by their names in paths. */
const keyUses = (...uses: readonly string[]): ExpectedCall[] =>
  uses.map((use) => ({ service: "keyVault", method: "POST", path: new RegExp(`^/keys/[^/]+/([^/]+/)?${use}$`) }));
const blobFiles: readonly ExpectedCall[] = ["PUT", "GET", "DELETE"].map((method) => ({
  service: "dataLake",
  method,
  path: /^\/clients\/[^/]+\.txt$/,
}));
const daemonSecret = (format: string): ExpectedCall => ({
  service: "keyVault",
  method: "GET",
  path: new RegExp(`^/secrets/[^/]+-${format}`),
});

const python = (
  name: string,
  row: Omit<Client, "name" | "language" | "directory" | "pins"> & Partial<Client>,
): Client => ({
  name,
  language: "python",
  directory: name,
  pins: "requirements.txt",
  ...row,
});

const node = (name: string, row: Omit<Client, "name" | "language" | "directory" | "pins">): Client => ({
  name,
  language: "node",
  directory: name,
  pins: "package-lock.json",
  ...row,
});

const dataLakeGen1 = "data-lake-gen1";

/** The rows that tests run too. */
export const clients: readonly Client[] = [
  python("python-msal", { program: "list_users.py", packages: ["msal"], makes: [graphUsers] }),
  python("python-msal-certificate", {
    directory: "python-msal",
    program: "list_users.py",
    packages: ["msal"],
    credential: "certificate",
    makes: [graphUsers],
  }),
  python("python-adal", { program: "workspace.py", packages: ["adal"], makes: [workspace] }),
  python("python-azure-datalake-store", {
    directory: dataLakeGen1,
    program: "files.py",
    packages: ["azure-datalake-store"],
    makes: retiredLakeFiles,
  }),
  python("python-azure-datalake-store-0", {
    directory: dataLakeGen1,
    program: "files_auth.py",
    pins: "requirements-auth.txt",
    packages: ["azure-datalake-store", "msal"],
    makes: retiredLakeFiles,
  }),
  python("python-azure-mgmt-datalake-store", {
    directory: dataLakeGen1,
    program: "accounts.py",
    pins: "requirements-accounts.txt",
    packages: ["azure-mgmt-datalake-store", "azure-mgmt-resource", "adal", "msrestazure"],
    makes: [retiredLakeAccount],
  }),
  python("python-azure-identity", {
    program: "files.py",
    packages: ["azure-identity", "azure-storage-file-datalake"],
    makes: lakeFiles,
  }),
  python("python-azure-storage-blob", {
    program: "blobs.py",
    packages: ["azure-storage-blob"],
    makes: filesOf("python-azure-storage-blob", "PUT", "GET"),
  }),
  python("python-adlfs-pandas", {
    program: "frames.py",
    packages: ["adlfs", "pandas"],
    makes: filesOf("python-adlfs-pandas", "PUT", "GET"),
  }),
  python("python-polars", {
    program: "frames.py",
    packages: ["polars"],
    makes: filesOf("python-polars", "PUT", "GET"),
  }),
  python("python-duckdb", {
    program: "query.py",
    packages: ["duckdb", "adlfs"],
    makes: filesOf("python-duckdb", "PUT", "GET"),
  }),
  python("python-pyarrow", {
    program: "files.py",
    packages: ["pyarrow"],
    makes: filesOf("python-pyarrow", "PUT", "GET"),
  }),
  python("python-deltalake", {
    program: "table.py",
    packages: ["deltalake", "pyarrow"],
    makes: filesOf("python-deltalake", "PUT", "GET"),
  }),
  python("python-azureml-core", { program: "workspace.py", packages: ["azureml-core"], makes: [workspace] }),
  python("python-azure-ai-ml", {
    program: "job.py",
    packages: ["azure-ai-ml"],
    makes: [
      { service: "arm", method: "PUT", path: /\/workspaces\/[^/]+\/datastores\/[^/]+$/ },
      { service: "arm", method: "POST", path: /\/codes\/[^/]+\/versions\/[^/]+\/startPendingUpload$/ },
      { service: "dataLake", method: "PUT", path: /\/train\.py$/ },
      { service: "arm", method: "PUT", path: /\/workspaces\/[^/]+\/jobs\/[^/]+$/ },
    ],
  }),
  python("python-azure-mgmt", {
    program: "workspaces.py",
    packages: ["azure-mgmt-machinelearningservices", "azure-mgmt-resource"],
    makes: [workspace],
  }),
  python("python-keyvault", {
    program: "keys.py",
    packages: ["azure-keyvault-keys", "azure-keyvault-certificates"],
    vaultRoles: ["Key Vault Crypto Officer", "Key Vault Certificates Officer", "Key Vault Secrets User"],
    makes: [
      ...keyUses("sign", "unwrapkey", "rotate"),
      { service: "keyVault", method: "POST", path: /^\/certificates\/[^/]+-pfx\/import$/ },
      { service: "keyVault", method: "POST", path: /^\/certificates\/[^/]+-pem\/import$/ },
    ],
  }),
  node("node-adal", { program: "workspace.mjs", packages: ["adal-node"], makes: [workspace] }),
  node("node-msal", { program: "listUsers.mjs", packages: ["@azure/msal-node"], makes: [graphUsers] }),
  node("node-azure-identity", {
    program: "files.mjs",
    packages: ["@azure/identity", "@azure/storage-file-datalake"],
    makes: lakeFiles,
  }),
  node("node-azure-storage-blob", {
    program: "blobs.mjs",
    packages: ["@azure/identity", "@azure/storage-blob"],
    makes: filesOf("node-azure-storage-blob", "PUT", "GET"),
  }),
  node("node-azure-arm", {
    program: "workspaces.mjs",
    packages: ["@azure/arm-machinelearning", "@azure/arm-resources"],
    makes: [workspace],
  }),
  node("node-fetch", { program: "listUsers.mjs", packages: [], makes: [graphUsers] }),
  node("node-keyvault-keys", {
    program: "keys.mjs",
    packages: ["@azure/keyvault-keys"],
    vaultRoles: ["Key Vault Crypto Officer"],
    makes: keyUses("sign", "decrypt"),
  }),
  {
    name: "java-msal4j",
    language: "java",
    directory: "java-msal4j",
    program: "Workspace",
    pins: "pom.xml",
    packages: ["msal4j"],
    makes: [workspace],
  },
  {
    name: "java-azure-sdk",
    language: "java",
    directory: "java-azure-sdk",
    program: "Secret",
    pins: "pom.xml",
    packages: ["azure-identity", "azure-security-keyvault-secrets"],
    makes: [daemonSecret("azure-identity-env")],
  },
  {
    name: "go-azure-sdk",
    language: "go",
    directory: "go-azure-sdk",
    program: "main.go",
    pins: "go.mod",
    packages: ["azidentity", "azsecrets", "azblob"],
    makes: blobFiles,
  },
];

const procedures: readonly ExpectedCall[] = [
  { service: "graph", method: "POST", path: /^\/v1\.0\/applications\/[^/]+\/addPassword$/ },
  { service: "graph", method: "POST", path: /^\/v1\.0\/oauth2PermissionGrants$/ },
  { service: "adminConsent", method: "POST", path: /\/Consent$/ },
  { service: "arm", method: "PUT", path: /\/roleAssignments\/[^/]+$/ },
  { service: "arm", method: "GET", path: /^\/subscriptions\/[^/]+\/resources$/ },
  { service: "arm", method: "GET", path: /\/storageAccounts\/[^/]+$/ },
  { service: "keyVault", method: "GET", path: /^\/secrets\// },
  { service: "entra", method: "GET", path: /^\/organizations\/v2\.0\/\.well-known\/openid-configuration$/ },
];

/**
 * Rows whose packages take hundreds of megabytes, or whose program runs a minute or more: `npm run clients` runs them, and
 * no test does.
 */
export const largeClients: readonly Client[] = [
  python("azure-cli", {
    program: "procedures.py",
    packages: ["azure-cli"],
    as: "administrator",
    makes: procedures,
  }),
  python("python-msgraph-sdk", {
    program: "directory.py",
    packages: ["msgraph-sdk", "azure-identity"],
    makes: [
      // The SDK doubles the slash after the version, as Graph takes it.
      ...[/\/users$/, /\/users\/(\$|%24)count$/, /\/groups$/, /\/applications$/].map((path) => ({
        service: "graph",
        method: "GET",
        path,
      })),
    ],
  }),
];

/** Every row, those that take long last. */
export const everyClient: readonly Client[] = [...clients, ...largeClients];

/** The client whose program sets the access lists of the retired lake, and does so before the others run. */
export const lakeOwnersClient = "python-azure-datalake-store";

/** Whether a client needs access lists that the retired lake's owner has set. */
export const needsAccessLists = ({ makes }: Client): boolean => makes === retiredLakeFiles;
