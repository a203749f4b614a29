import * as pulumi from "@pulumi/pulumi";
import { program } from "../../infra/program";
import { azure, GROUP_ID, guidOf, LOG_WORKSPACE_ID, SUBNET_ID, TENANT_ID } from "../support/azureMocks";
import { record } from "../support/mocks";
import { asPulumiHasThem, stackSettings } from "../support/stackSettings";

// A busy machine takes seconds to load Azure's SDKs.
jest.setTimeout(60_000);

const VAULT = "https://kv-daemons01234567.vault.azure.net/";
const consentUrl = (daemon: string) =>
  `https://login.microsoftonline.com/${TENANT_ID}/adminconsent?client_id=${guidOf(`${daemon}-application's client`)}`;

const loader = {
  name: "loader",
  secret: { endDate: "2999-01-01T00:00:00Z" },
  lake: { fileSystem: "forecasts" },
};

function configure(settings: Record<string, unknown>): void {
  const raw = Object.entries(asPulumiHasThem(settings)).map(([key, value]) => [`azure-daemon-access:${key}`, value]);
  pulumi.runtime.setAllConfig(Object.fromEntries(raw) as Record<string, string>);
}

describe("the stack", () => {
  it("has flat outputs without a secret", async () => {
    configure({ ...stackSettings("dev"), asOf: "2026-04-05T00:00:00Z" });
    const { outputs } = await record(azure, program);
    const dates = { expiresOn: "2026-07-14T00:00:00Z", generation: 1, nextRotation: "2026-06-30T00:00:00Z" };
    const words =
      "Generation 1 is in use. Generation 0 stays valid until 2026-04-15; the first run from then on removes it. The first run from 2026-06-30 on makes generation 2, and generation 1 ends on 2026-07-14.";
    const of = (daemon: string, consent: string) => ({
      [`${daemon}.clientId`]: guidOf(`${daemon}-application's client`),
      [`${daemon}.objectId`]: guidOf(`${daemon}-service-principal`),
      [`${daemon}.tenantId`]: TENANT_ID,
      [`${daemon}.secretUri`]: `${VAULT}secrets/${daemon}-credential`,
      [`${daemon}.expiresOn`]: dates.expiresOn,
      [`${daemon}.generation`]: dates.generation,
      [`${daemon}.nextRotation`]: dates.nextRotation,
      [`${daemon}.rotation`]: words,
      [`${daemon}.consent`]: consent,
      [`${daemon}.adminConsentUrl`]: consentUrl(daemon),
      [`${daemon}.permissions`]: ["User.Read.All"],
    });
    expect(outputs).toEqual({
      contractVersion: 1,
      vaultId: `${GROUP_ID}/providers/Microsoft.KeyVault/vaults/kv-daemons01234567`,
      vaultUri: VAULT,
      vaultName: "kv-daemons01234567",
      lakeUrl: "https://stdaemons01234567.dfs.core.windows.net/",
      daemons: ["forecast-loader", "report-mailer"],
      ...of("forecast-loader", "grant"),
      ...of("report-mailer", "request"),
    });
  });

  it("makes a daemon without a secret of what it trusts, or a managed identity beside the vault", async () => {
    const gitHub = { repository: "contoso/forecasts", branch: "main" };
    configure({
      location: "westeurope",
      resourceGroupName: "rg-daemons",
      tags: { owner: "forecasting" },
      daemons: [
        {
          name: "loader",
          notes: "User.Read.All: names in forecasts",
          federated: [{ name: "main-branch", gitHub }],
          graph: { permissions: ["User.Read.All"] },
        },
        { name: "mailer", managedIdentity: {}, graph: { permissions: ["Mail.Send"] } },
      ],
    });
    const run = await record(azure, program);
    expect(run.resource("loader-application").inputs).toMatchObject({ notes: "User.Read.All: names in forecasts" });
    expect(run.resource("mailer-identity").inputs).toEqual({
      location: "westeurope",
      resourceGroupName: "rg-daemons",
      tags: { owner: "forecasting" },
    });
    expect(run.resource("loader-federated-main-branch").inputs).toMatchObject({
      subject: "repo:contoso/forecasts:ref:refs/heads/main",
    });
    expect(Object.keys(run.outputs).filter((name) => /^(loader|mailer)\./.test(name))).toEqual([
      ...["clientId", "objectId", "tenantId", "secretUri"].map((field) => `loader.${field}`),
      ...["consent", "adminConsentUrl", "permissions"].map((field) => `loader.${field}`),
      ...["clientId", "objectId", "tenantId", "secretUri"].map((field) => `mailer.${field}`),
      ...["consent", "permissions"].map((field) => `mailer.${field}`),
    ]);
  });

  it("marks no output as secret", async () => {
    configure(stackSettings("dev"));
    const { outputs } = await record(azure, async () => {
      const all = await program();
      return Promise.all(Object.values(all).map((value) => pulumi.isSecret(pulumi.output(value))));
    });
    expect(outputs).not.toContain(true);
  });

  it("registers the same resources on every run of one moment", async () => {
    configure({ ...stackSettings("dev"), asOf: "2026-04-05T00:00:00Z" });
    const plan = async () => (await record(azure, program)).resources.map(({ name, inputs }) => [name, inputs]).sort();
    expect(await plan()).toEqual(await plan());
  });

  it("says in one message of the run what the next rotation of each daemon does and when", async () => {
    configure({ ...stackSettings("dev"), asOf: "2026-02-01T06:30:00Z" });
    const { messages } = await record(azure, program);
    expect(messages).toEqual([
      [
        "Rotation, as of 2026-02-01T06:30:00Z:",
        "  forecast-loader, report-mailer: Generation 0 is in use. The first run from 2026-04-01 on makes generation 1, and generation 0 ends on 2026-04-15.",
      ].join("\n"),
    ]);
  });

  it("gives every reader of all daemons each daemon's secret", async () => {
    const reader = guidOf("a reader");
    configure({ ...stackSettings("dev"), readers: [{ objectId: reader, principalType: "Group" }] });
    const run = await record(azure, program);
    for (const daemon of ["forecast-loader", "report-mailer"]) {
      expect(run.resource(`${daemon}-credential-reader-${reader}`).inputs).toMatchObject({ principalType: "Group" });
    }
  });

  it("takes a retired lake as it is, tells the access lists of the daemons in it, and names it in their credentials", async () => {
    const accountId = `${GROUP_ID}/providers/Microsoft.DataLakeStore/accounts/oldlake`;
    const secret = { endDate: "2999-01-01T00:00:00Z" };
    configure({
      location: "northeurope",
      resourceGroupName: "rg-daemons",
      dataLakeGen1: { accountId },
      daemons: [
        { name: "loader", secret, formats: ["datalake-gen1"], dataLakeGen1: { path: "/loads", accountRole: "Reader" } },
        { name: "watcher", secret, formats: ["datalake-gen1"] },
      ],
    });
    const run = await record(azure, program);
    const loader = guidOf("loader-service-principal");
    expect(run.outputs).toMatchObject({
      dataLakeGen1Url: "https://oldlake.azuredatalakestore.net/",
      dataLakeGen1AccessLists: [
        { path: "/", entries: [`user:${loader}:--x`] },
        { path: "/loads", entries: [`user:${loader}:rwx`, `default:user:${loader}:rwx`] },
      ],
    });
    expect(run.resources.filter(({ type }) => type === "azure-native:datalakestore:Account")).toEqual([]);
    expect(run.resource("dldaemons-loader-account-role").inputs).toMatchObject({
      scope: accountId,
      principalId: loader,
      principalType: "ServicePrincipal",
    });
    for (const daemon of ["loader", "watcher"]) {
      expect(run.resource(`${daemon}-datalake-gen1`).inputs).toMatchObject({
        properties: { value: { secret: expect.stringContaining('"store_name":"oldlake"') as string } },
      });
    }
  });

  it("makes a retired lake where the configuration insists on it", async () => {
    configure({
      location: "northeurope",
      resourceGroupName: "rg-daemons",
      tags: { owner: "forecasting" },
      dataLakeGen1: { allowRetiredService: true, accountName: "oldlake", allowedIpRanges: ["203.0.113.10"] },
      daemons: [{ name: "loader", secret: { endDate: "2999-01-01T00:00:00Z" } }],
    });
    const lakeStore = "azure-native:datalakestore:Account";
    const id = `${GROUP_ID}/providers/Microsoft.DataLakeStore/accounts/oldlake`;
    const run = await record({ ...azure, resources: { ...azure.resources, [lakeStore]: () => ({ id }) } }, program);
    expect(run.resource("dldaemons").inputs).toMatchObject({
      accountName: "oldlake",
      location: "northeurope",
      resourceGroupName: "rg-daemons",
      tags: { owner: "forecasting" },
      firewallRules: [{ startIpAddress: "203.0.113.10" }],
    });
  });

  it("passes on what the configuration says of the vault, the lake and each format", async () => {
    configure({
      location: "northeurope",
      resourceGroupName: "rg-daemons",
      tags: { owner: "forecasting" },
      vault: { name: "kv-forecasts", retentionDays: 7, allowedIpRanges: ["203.0.113.10"] },
      lake: { accountName: "stforecasts", sku: "Standard_LRS", allowedIpRanges: ["203.0.113.10"] },
      daemons: [
        {
          name: "loader",
          secret: { endDate: "2999-01-01T00:00:00Z" },
          lake: { fileSystem: "forecasts" },
          formats: ["client-secret", "datalake-gen1"],
          dataLakeGen1: { storeName: "forecastlake" },
        },
      ],
    });
    const run = await record(azure, program);
    expect(run.resource("kv-daemons").inputs).toMatchObject({
      location: "northeurope",
      vaultName: "kv-forecasts",
      tags: { owner: "forecasting" },
      properties: { softDeleteRetentionInDays: 7, networkAcls: { ipRules: [{ value: "203.0.113.10" }] } },
    });
    expect(run.resource("stdaemons").inputs).toMatchObject({
      location: "northeurope",
      accountName: "stforecasts",
      tags: { owner: "forecasting" },
      sku: { name: "Standard_LRS" },
      networkRuleSet: { ipRules: [{ iPAddressOrRange: "203.0.113.10" }] },
    });
    expect(run.outputs).toMatchObject({
      "loader.secretUri.client-secret": "https://kv-forecasts.vault.azure.net/secrets/loader-client-secret",
      "loader.secretUri.datalake-gen1": "https://kv-forecasts.vault.azure.net/secrets/loader-datalake-gen1",
    });
    expect(run.outputs).not.toHaveProperty("loader.nextRotation");
    expect(run.outputs).not.toHaveProperty("loader.consent");
  });

  it("guards the vault and the lake as the configuration says", async () => {
    const guarded = {
      diagnostics: { workspaceId: LOG_WORKSPACE_ID },
      lock: true,
      protect: true,
      allowedSubnetIds: [SUBNET_ID],
    };
    configure({
      location: "northeurope",
      resourceGroupName: "rg-daemons",
      vault: { name: "kv-forecasts", recover: true, privateEndpoint: { subnetId: SUBNET_ID }, ...guarded },
      lake: {
        privateEndpoint: { subnetId: SUBNET_ID },
        lifecycle: [{ name: "old", fileSystem: "forecasts", deleteAfterDays: 365 }],
        softDeleteDays: 7,
        infrastructureEncryption: true,
        ...guarded,
      },
      daemons: [loader],
      readers: [{ objectId: guidOf("reader") }],
    });
    const run = await record(azure, program);
    const names = run.resources.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        "kv-daemons-vault-endpoint",
        "kv-daemons-diagnostics",
        "kv-daemons-lock",
        "stdaemons-dfs-endpoint",
        "stdaemons-blob-endpoint",
        "stdaemons-soft-delete",
        "stdaemons-lifecycle",
        "stdaemons-diagnostics",
        "stdaemons-lock",
      ]),
    );
    expect(run.resource("kv-daemons").inputs).toMatchObject({
      properties: { createMode: "recover", networkAcls: { virtualNetworkRules: [{ id: SUBNET_ID }] } },
    });
    expect(run.resource("stdaemons").inputs).toMatchObject({
      encryption: { requireInfrastructureEncryption: true, keySource: "Microsoft.Storage" },
    });
    expect([run.options("kv-daemons").protect, run.options("stdaemons").protect]).toEqual([true, true]);
    // Under a lock, roles go with what they are for.
    expect(run.resource(`loader-credential-reader-${guidOf("reader")}`).deletedWith).toBe("kv-daemons");
    expect(run.resource("loader-lake-role").deletedWith).toBe("stdaemons");
  });

  it("gives a reader of some formats those that each daemon has", async () => {
    const place = { location: "northeurope", resourceGroupName: "rg-daemons" };
    const daemons = [
      { ...loader, formats: ["credential", "client-secret"] },
      { ...loader, name: "mailer" },
    ];
    configure({ ...place, daemons, readers: [{ objectId: guidOf("reader"), formats: ["client-secret"] }] });
    const run = await record(azure, program);
    expect(run.names("azure-native:authorization:RoleAssignment").filter((name) => name.includes("-reader-"))).toEqual([
      `loader-client-secret-reader-${guidOf("reader")}`,
    ]);
  });
});
