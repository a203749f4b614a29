import { assignmentName } from "../../../components/access/assignmentName";
import { DataLakeGen1, type DataLakeGen1Args } from "../../../components/index";
import { azure as azureMocks, GROUP_ID, guidOf, roleDefinition, TENANT_ID } from "../../support/azureMocks";
import { record } from "../../support/mocks";
import { problemsOf } from "../../support/refusals";

const STORE_ID = `${GROUP_ID}/providers/Microsoft.DataLakeStore/accounts/contosodatalake`;
const READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
const principalOf = (word: string) => ({
  clientId: guidOf(`${word}'s client`),
  objectId: guidOf(word),
  tenantId: TENANT_ID,
});
const loader = { daemon: "forecast-loader", principal: principalOf("loader"), path: "/forecasts/daily" };

const azure: typeof azureMocks = {
  ...azureMocks,
  resources: {
    ...azureMocks.resources,
    "azure-native:datalakestore:Account": (name, { accountName }) => ({
      id: `${GROUP_ID}/providers/Microsoft.DataLakeStore/accounts/${typeof accountName === "string" ? accountName : `${name}01234567`}`,
    }),
  },
};

const declared = (args: DataLakeGen1Args) =>
  record(azure, () => {
    const { accountId, accountName, url, accessLists } = new DataLakeGen1("oldlake", args);
    return { accountId, accountName, url, accessLists };
  });

describe("an existing Data Lake Storage Gen1 account", () => {
  it("is taken by its resource ID, and nothing of it is owned", async () => {
    const run = await declared({ accountId: STORE_ID });
    expect(run.names("azure-native:datalakestore:Account")).toEqual([]);
    expect(run.names("azure-native:authorization:RoleAssignment")).toEqual([]);
    expect(run.outputs).toEqual({
      accountId: STORE_ID,
      accountName: "contosodatalake",
      url: "https://contosodatalake.azuredatalakestore.net/",
      accessLists: [],
    });
  });

  it("has nothing beside its ID that describes a new one", async () => {
    const args = { accountId: STORE_ID, resourceGroupName: "rg-daemons", tags: { owner: "forecasting" } };
    expect(await problemsOf(() => new DataLakeGen1("oldlake", args))).toEqual([
      'resourceGroupName: got "rg-daemons"; needed only accountId, because an existing account is never changed. Leave resourceGroupName out.',
      "tags: got an object; needed only accountId, because an existing account is never changed. Leave tags out.",
    ]);
  });

  it("is no account of Gen2", async () => {
    const accountId = `${GROUP_ID}/providers/Microsoft.Storage/storageAccounts/stforecasts`;
    expect(await problemsOf(() => new DataLakeGen1("oldlake", { accountId }))).toEqual([
      expect.stringMatching(/^accountId: .*; needed the resource ID of a Data Lake Storage Gen1 account\./),
    ]);
  });
});

describe("access to a Data Lake Storage Gen1 account", () => {
  it("is told as the entries that the directory, and every directory above it, needs", async () => {
    const id = loader.principal.objectId;
    const { outputs } = await declared({ accountId: STORE_ID, access: [loader] });
    expect(outputs).toMatchObject({
      accessLists: [
        { path: "/", entries: [`user:${id}:--x`] },
        { path: "/forecasts", entries: [`user:${id}:--x`] },
        { path: "/forecasts/daily", entries: [`user:${id}:rwx`, `default:user:${id}:rwx`] },
      ],
    });
  });

  it("joins what several daemons, and several directories of one, need of a directory", async () => {
    const [a, b] = [loader.principal.objectId, guidOf("mailer")];
    const mailer = {
      daemon: "report-mailer",
      principal: principalOf("mailer"),
      path: "/forecasts",
      permissions: "r-x",
    };
    const above = { ...loader, path: "/forecasts", permissions: "r--" };
    const { outputs } = await declared({ accountId: STORE_ID, access: [loader, mailer, above] });
    expect(outputs).toMatchObject({
      accessLists: [
        { path: "/", entries: [`user:${a}:--x`, `user:${b}:--x`] },
        {
          path: "/forecasts",
          entries: [`user:${a}:r-x`, `user:${b}:r-x`, `default:user:${b}:r-x`, `default:user:${a}:r--`],
        },
        { path: "/forecasts/daily", entries: [`user:${a}:rwx`, `default:user:${a}:rwx`] },
      ],
    });
  });

  it("needs no entry for passing through where it is for the whole lake", async () => {
    const id = loader.principal.objectId;
    const { outputs } = await declared({ accountId: STORE_ID, access: [{ ...loader, path: "/" }] });
    expect(outputs).toMatchObject({
      accessLists: [{ path: "/", entries: [`user:${id}:rwx`, `default:user:${id}:rwx`] }],
    });
  });

  it("has a role on the account only where one is asked for", async () => {
    const run = await declared({ accountId: STORE_ID, access: [{ ...loader, accountRole: "Reader" }] });
    const definition = roleDefinition(READER);
    expect(run.resource("oldlake-forecast-loader-account-role").inputs).toEqual({
      scope: STORE_ID,
      roleDefinitionId: definition,
      principalId: loader.principal.objectId,
      principalType: "ServicePrincipal",
      roleAssignmentName: assignmentName(STORE_ID, definition, loader.principal.objectId),
    });
  });

  it("makes no superuser of a daemon, unless the argument says that it may", async () => {
    const access = [{ ...loader, accountRole: "Owner" }];
    expect(await problemsOf(() => new DataLakeGen1("oldlake", { accountId: STORE_ID, access }))).toEqual([
      'access[0].accountRole: got "Owner"; needed a role without rights beyond the daemon\'s work. Choose "Reader", or set allowPrivilegedRole to true.',
    ]);
    const run = await declared({
      accountId: STORE_ID,
      access: access.map((each) => ({ ...each, allowPrivilegedRole: true })),
    });
    expect(run.resource("oldlake-forecast-loader-account-role").inputs).toMatchObject({
      roleDefinitionId: roleDefinition("8e3af657-a8ff-443c-a75c-2fe8c4bcb635"),
    });
  });

  it("is refused with every problem of it at once", async () => {
    const wrong = [
      { ...loader, daemon: "Loader", path: "forecasts", permissions: "rw" },
      { ...loader, path: "/a/../b", accountRole: "Reader" },
      { ...loader, path: "/a", accountRole: "Reader" },
      { ...loader, path: "/a" },
    ];
    expect(await problemsOf(() => new DataLakeGen1("oldlake", { accountId: STORE_ID, access: wrong }))).toEqual([
      expect.stringMatching(/^access\[0\]\.daemon: got "Loader"/),
      'access[0].path: got "forecasts"; needed a directory\'s path from the root on, without a slash at its end. Write, for example, "/forecasts".',
      'access[0].permissions: got "rw"; needed rights in POSIX\'s letters: r or -, w or -, x or -. Write, for example, "r-x".',
      expect.stringMatching(/^access\[1\]\.path: got "\/a\/\.\.\/b"/),
      'access[3]: got "forecast-loader at /a"; needed each directory once for a daemon. Remove one of them.',
      'access[2].accountRole: got "forecast-loader"; needed one role on the account for a daemon. Give it with one of the daemon\'s directories.',
    ]);
  });
});

describe("a new Data Lake Storage Gen1 account", () => {
  it("is refused, with the way to Gen2, unless the argument says that the retired service is meant", async () => {
    expect(await problemsOf(() => new DataLakeGen1("oldlake", { resourceGroupName: "rg-daemons" }))).toEqual([
      "accountId: got nothing; needed the resource ID of an account that exists: Data Lake Storage Gen1 was retired on 2024-02-29, and Azure makes no new ones. For a new lake use DataLake, which is Gen2; set allowRetiredService to true to create a new Gen1 account anyway.",
    ]);
  });

  it("is encrypted, and closed but for the networks that are named", async () => {
    const run = await declared({
      allowRetiredService: true,
      resourceGroupName: "rg-daemons",
      location: "westeurope",
      accountName: "forecastlake",
      allowedIpRanges: ["203.0.113.0/24", "198.51.100.7"],
      tags: { owner: "forecasting" },
    });
    expect(run.resource("oldlake")).toMatchObject({ type: "azure-native:datalakestore:Account", parent: "oldlake" });
    expect(run.resource("oldlake").inputs).toEqual({
      resourceGroupName: "rg-daemons",
      location: "westeurope",
      accountName: "forecastlake",
      tags: { owner: "forecasting" },
      encryptionState: "Enabled",
      encryptionConfig: { type: "ServiceManaged" },
      firewallState: "Enabled",
      firewallAllowAzureIps: "Disabled",
      firewallRules: [
        { name: "allow-203-0-113-0-24", startIpAddress: "203.0.113.0", endIpAddress: "203.0.113.255" },
        { name: "allow-198-51-100-7", startIpAddress: "198.51.100.7", endIpAddress: "198.51.100.7" },
      ],
      trustedIdProviderState: "Disabled",
    });
    expect(run.outputs).toMatchObject({ accountName: "forecastlake" });
  });

  it("needs a resource group, and a name that Azure would take", async () => {
    expect(await problemsOf(() => new DataLakeGen1("old-lake", { allowRetiredService: true }))).toEqual([
      'resourceGroupName: got nothing; needed the resource group of the new account. Write, for example, "rg-daemons".',
      expect.stringMatching(/^name: got "old-lake"; needed 3 to 16 lowercase letters and digits/),
    ]);
  });
});
