import * as pulumi from "@pulumi/pulumi";
import * as components from "../../components/index";
import { azure, GROUP_ID, guidOf, LOG_WORKSPACE_ID, SUBNET_ID, WORKSPACE_ID } from "../support/azureMocks";
import { issueCertificate } from "../support/certificates";
import { type Mocks, record, type Recording, type RegisteredOptions } from "../support/mocks";

jest.setTimeout(60_000);

type Options = pulumi.ComponentResourceOptions;
type Make = (name: string, opts: Options) => pulumi.ComponentResource;

const application = { applicationId: `/applications/${guidOf("application")}` };
const principal = { clientId: guidOf("client"), objectId: guidOf("object"), tenantId: guidOf("tenant") };
const vault = {
  vaultId: `${GROUP_ID}/providers/Microsoft.KeyVault/vaults/kv-daemons`,
  vaultName: "kv-daemons",
  vaultUri: "https://kv-daemons.vault.azure.net/",
  resourceGroupName: "rg-daemons",
};
const lake = {
  accountId: `${GROUP_ID}/providers/Microsoft.Storage/storageAccounts/stlake`,
  url: "https://stlake.dfs.core.windows.net/",
};
const readers = [{ objectId: guidOf("reader") }];
const gitHub = { repository: "contoso/forecasts", branch: "main" };
const asOf = "2030-01-02T00:00:00Z";
const place = { resourceGroupName: "rg-daemons", location: "westeurope" };
let pem: string;

beforeAll(async () => {
  ({ pem } = await issueCertificate({ notBefore: "2030-01-01T00:00:00Z", notAfter: "2030-12-01T00:00:00Z" }));
});

const certificates = () => [{ name: "one", pem, secretUri: `${vault.vaultUri}secrets/loader-certificate` }];

/** Each component with all of its children. */
const makes: Readonly<Record<string, Make>> = {
  DaemonAccess: (name, opts) =>
    new components.DaemonAccess(
      name,
      {
        secret: { endDate: "2031-01-01T00:00:00Z" },
        certificate: { certificates: certificates() },
        federated: [{ name: "main", gitHub }],
        asOf,
        graph: { permissions: ["User.Read.All"] },
        lake: { account: lake, fileSystem: "forecasts" },
        machineLearning: { workspaceId: WORKSPACE_ID, job: "read", linkedResources: { lookUp: ["storageAccount"] } },
        vault,
        readers,
      },
      opts,
    ),
  DaemonApplication: (name, opts) => new components.DaemonApplication(name, { displayName: "Loader" }, opts),
  DaemonManagedIdentity: (name, opts) => new components.DaemonManagedIdentity(name, place, opts),
  FederatedCredential: (name, opts) =>
    new components.FederatedCredential(name, { application, trusts: [{ name: "main", gitHub }] }, opts),
  ClientSecret: (name, opts) =>
    new components.ClientSecret(name, { application, endDate: "2031-01-01T00:00:00Z" }, opts),
  ClientCertificate: (name, opts) =>
    new components.ClientCertificate(name, { application, certificates: certificates(), asOf }, opts),
  GraphGrant: (name, opts) => new components.GraphGrant(name, { principal, permissions: ["User.Read.All"] }, opts),
  DataLake: (name, opts) =>
    new components.DataLake(
      name,
      {
        ...place,
        fileSystems: ["forecasts"],
        privateEndpoint: { subnetId: SUBNET_ID },
        softDeleteDays: 7,
        diagnostics: { workspaceId: LOG_WORKSPACE_ID },
        lock: true,
      },
      opts,
    ),
  DataLakeGen1: (name, opts) =>
    new components.DataLakeGen1(
      name,
      {
        accountId: `${GROUP_ID}/providers/Microsoft.DataLakeStore/accounts/oldlake`,
        access: [{ daemon: "loader", principal, path: "/", accountRole: "Reader" }],
      },
      opts,
    ),
  MachineLearningAccess: (name, opts) =>
    new components.MachineLearningAccess(name, { principal, workspaceId: WORKSPACE_ID, job: "read" }, opts),
  MachineLearningRole: (name, opts) =>
    new components.MachineLearningRole(name, { workspaceId: WORKSPACE_ID, job: "train" }, opts),
  MachineLearningCompute: (name, opts) =>
    new components.MachineLearningCompute(name, { workspaceId: WORKSPACE_ID, location: "westeurope" }, opts),
  CredentialVault: (name, opts) =>
    new components.CredentialVault(
      name,
      {
        ...place,
        privateEndpoint: { subnetId: SUBNET_ID },
        diagnostics: { workspaceId: LOG_WORKSPACE_ID },
        lock: true,
      },
      opts,
    ),
  CredentialExport: (name, opts) =>
    new components.CredentialExport(
      name,
      {
        daemon: "loader",
        vault,
        principal,
        secret: { value: "value", generation: 0, notBefore: asOf, expiresOn: "2031-01-01T00:00:00Z" },
        readers,
      },
      opts,
    ),
  CredentialReader: (name, opts) =>
    new components.CredentialReader(
      name,
      {
        vaultId: vault.vaultId,
        secretUri: `${vault.vaultUri}secrets/loader-credential`,
        objectId: guidOf("reader"),
      },
      opts,
    ),
};

const REVOCABLE = new Set([
  "azuread:index/applicationPassword:ApplicationPassword",
  "azuread:index/applicationCertificate:ApplicationCertificate",
  "azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential",
  "azuread:index/appRoleAssignment:AppRoleAssignment",
  "azure-native:authorization:RoleAssignment",
]);

const withProviders: Mocks = {
  ...azure,
  resources: {
    ...azure.resources,
    "pulumi:providers:azure-native": (name) => ({ id: name }),
    "pulumi:providers:azuread": (name) => ({ id: name }),
    "azure-native:resources:ResourceGroup": (name) => ({ id: name }),
  },
};

const made = (make: Make, options: () => Options, name = "kvloader"): Promise<Recording<void>> =>
  record(withProviders, () => {
    make(name, options());
  });

/** Options by name of each of the component's children. */
const childrenOf = (run: Recording<void>): Map<string, { type: string; options: RegisteredOptions }> =>
  new Map(
    run.resources
      .filter(({ type, parent }) => !type.startsWith("azure-daemon-access:") && parent === "kvloader")
      .map(({ name, type }) => [name, { type, options: run.options(name) }]),
  );

class Provider extends pulumi.ProviderResource {}
class Group extends pulumi.CustomResource {}

/** Inputs that carry the component's name: these change with it. IDs of its own children are the mocks'. */
const carryTheName: Readonly<Record<string, readonly string[]>> = {
  DaemonAccess: [
    "kvloader-application displayName",
    "kvloader-credential properties.value.secret",
    "kvloader-credential secretName",
    "kvloader-credential tags.daemon",
  ],
  MachineLearningCompute: ["kvloader-compute computeName"],
};

/** Azure keeps a name that the provider has made up. */
const AUTONAMED = "kvloader01234567";

/** Paths of plain inputs in which two differ by the component's name. */
function differing(one: unknown, other: unknown, path = ""): string[] {
  if (typeof one === "object" && one !== null) {
    return Object.entries(one).flatMap(([key, value]) =>
      differing(value, Reflect.get(Object(other) as object, key), path === "" ? key : `${path}.${key}`),
    );
  }
  return typeof one === "string" && one !== other && one.includes("kvloader") && !one.includes(AUTONAMED) ? [path] : [];
}

it("are tested of every component that declares resources", () => {
  const all = Object.entries(components).filter(
    ([, each]) => typeof each === "function" && each.prototype instanceof pulumi.ComponentResource,
  );
  const readingOutputs = ["DaemonAccessReference", "PlatformReference"];
  expect(Object.keys(makes).concat(readingOutputs).sort()).toEqual(all.map(([name]) => name).sort());
});

describe.each(Object.entries(makes))("the options of a %s", (component, make) => {
  let plain: Map<string, { type: string; options: RegisteredOptions }>;
  beforeAll(async () => {
    plain = childrenOf(await made(make, () => ({})));
    expect(plain.size).toBeGreaterThan(0);
  });

  it("reach whatever it declares, which all lies below it", async () => {
    const { resources } = await made(make, () => ({}));
    const parents = new Map(resources.map(({ name, parent }) => [name, parent]));
    const isBelow = (name: string | undefined): boolean =>
      name !== undefined && (name === "kvloader" || isBelow(parents.get(name)));
    expect(resources.map(({ name }) => name).filter((name) => !isBelow(name))).toEqual([]);
  });

  it("protect covers every child but credentials and grants", async () => {
    const children = childrenOf(await made(make, () => ({ protect: true })));
    const covered = new Map([...children].map(([name, { options }]) => [name, options.protect]));
    expect(covered).toEqual(new Map([...plain].map(([name, { type }]) => [name, !REVOCABLE.has(type)])));
  });

  it("retainOnDelete, which the engine hands down, is refused by credentials and grants", async () => {
    const children = childrenOf(await made(make, () => ({ retainOnDelete: true })));
    const stated = new Map([...children].map(([name, { options }]) => [name, options.retainOnDelete]));
    expect(stated).toEqual(
      new Map([...plain].map(([name, { type }]) => [name, REVOCABLE.has(type) ? false : undefined])),
    );
  });

  it("ignoreChanges, deleteBeforeReplace and replaceOnChanges stay with the component", async () => {
    const options = { ignoreChanges: ["tags"], deleteBeforeReplace: true, replaceOnChanges: ["tags"] } as Options;
    expect(childrenOf(await made(make, () => options))).toEqual(plain);
  });

  it("the component waits for what dependsOn names", async () => {
    const run = await made(make, () => ({
      dependsOn: new Group("azure-native:resources:ResourceGroup", "group", {}),
    }));
    const component = run.resources.find(({ type }) => type.startsWith("azure-daemon-access:"));
    expect(component?.dependsOn).toEqual(["group"]);
    expect(childrenOf(run)).toEqual(plain);
  });

  it("providers, and provider of its own package, declare the children", async () => {
    const own = () => ["azure-native", "azuread"].map((name) => new Provider(name, `own-${name}`, {}));
    const children = childrenOf(await made(make, () => ({ providers: own() })));
    for (const { type, options } of children.values()) expect(options.provider).toBe(`own-${type.split(":")[0] ?? ""}`);
    const [first = { type: "" }] = [...plain.values()];
    const name = first.type.split(":")[0] ?? "";
    const one = childrenOf(await made(make, () => ({ provider: new Provider(name, `own-${name}`, {}) })));
    for (const { type, options } of one.values()) {
      expect(options.provider).toBe(type.startsWith(`${name}:`) ? `own-${name}` : undefined);
    }
  });

  it("aliases are the component's; the engine hands them down, and a rename changes what is known to carry its name", async () => {
    const run = await made(make, () => ({ aliases: [{ name: "kvbefore" }] }));
    expect(run.componentOptions("kvloader").aliases).toEqual(["kvbefore"]);
    expect(childrenOf(run)).toEqual(plain);
    const other = await made(make, () => ({}), "kvrenamed");
    const named = run.resources.flatMap(({ name, inputs, parent }) => {
      if (parent !== "kvloader") return [];
      const twin = other.resource(name.replace("kvloader", "kvrenamed"));
      const ignored = run.options(name).ignoreChanges ?? [];
      return differing(inputs, twin.inputs)
        .filter((path) => !ignored.includes(path))
        .map((path) => `${name} ${path}`);
    });
    expect(named).toEqual(carryTheName[component] ?? []);
  });

  it("a transformation reaches the component and every child", async () => {
    const reached: string[] = [];
    const run = await made(make, () => ({
      transformations: [
        ({ name }) => {
          reached.push(name);
          return undefined;
        },
      ],
    }));
    expect(reached).toEqual(expect.arrayContaining(["kvloader", ...childrenOf(run).keys()]));
  });
});

it("a role assignment has the same name under any name of its component, so a rename without an alias meets the old one", async () => {
  const make = makes["MachineLearningAccess"];
  if (!make) throw new RangeError("MachineLearningAccess is not among the components.");
  const nameUnder = async (name: string): Promise<unknown> =>
    (await made(make, () => ({}), name)).resource(`${name}-machine-learning-role`).inputs["roleAssignmentName"];
  expect(await nameUnder("kvrenamed")).toBe(await nameUnder("kvloader"));
});
