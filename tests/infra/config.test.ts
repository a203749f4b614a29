import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { readConfiguration } from "../../infra/config";
import { ConfigurationError } from "../../infra/configurationError";
import { asPulumiHasThem, stackSettings } from "../support/stackSettings";

const now = new Date("2030-02-01T10:20:30.456Z");
const daemon = { name: "loader", secret: { rotation: { startsAt: "2030-01-01T00:00:00Z" } } };
const minimal = { location: "westeurope", resourceGroupName: "rg-daemons", daemons: [daemon] };
const GUID = "2f5c1d3e-8a47-4b0c-9d61-7e3f9a5b2c84";

const read = (settings: Record<string, unknown>) => readConfiguration(asPulumiHasThem(settings), now);
const withDaemon = (extra: Record<string, unknown>) => ({ ...minimal, daemons: [{ ...daemon, ...extra }] });

function problems(settings: Record<string, unknown>, secrets: string[] = []): readonly string[] {
  try {
    readConfiguration(asPulumiHasThem(settings), now, new Set(secrets));
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

describe("the configuration", () => {
  it("takes the development stack's file", () => {
    expect(read(stackSettings("dev")).daemons.map(({ name }) => name)).toEqual(["forecast-loader", "report-mailer"]);
  });

  it("reads dates at the moment it is given, in whole seconds", () => {
    expect(read(minimal).asOf).toBe("2030-02-01T10:20:30Z");
  });

  it("reads dates at the moment that asOf pins", () => {
    expect(read({ ...minimal, asOf: "2031-05-06T07:08:09+02:00" }).asOf).toBe("2031-05-06T05:08:09Z");
  });

  it("takes an empty text for one that was left out, as Pulumi.yaml's defaults are", () => {
    expect(read({ ...minimal, asOf: "", workspaceId: "" })).not.toHaveProperty("workspaceId");
  });

  it("takes an empty group for one that was left out, as Pulumi.yaml's defaults are", () => {
    const groups = ["tags", "vault", "lake", "dataLakeGen1"];
    const read = readConfiguration(
      { ...asPulumiHasThem(minimal), ...Object.fromEntries(groups.map((each) => [each, "{}"])) },
      now,
    );
    for (const each of groups) expect(read).not.toHaveProperty(each);
  });

  it("lets a daemon have a privileged role where it says so", () => {
    const machineLearning = { role: "Owner", allowPrivilegedRole: true, workspaceId: workspace() };
    expect(read(withDaemon({ machineLearning })).daemons[0]?.machineLearning).toEqual(machineLearning);
  });

  it("tells every wrong element of a list by its own path, in every list and daemon", () => {
    const wrong = { ...daemon, graph: { permissions: ["One", "Two"] }, owners: ["a", GUID, "b"] };
    const paths = problems({
      ...minimal,
      vault: { allowedIpRanges: ["10.0.0.1", "203.0.113.7", "10.0.0.2"] },
      daemons: [wrong, { ...wrong, name: "mailer" }],
    }).map((line) => /^azure-daemon-access:(\S+): got "/.exec(line)?.[1]);
    const of = (at: number) =>
      ["owners[0]", "owners[2]", "graph.permissions[0]", "graph.permissions[1]"].map(
        (each) => `daemons[${at}].${each}`,
      );
    expect(paths).toEqual(["vault.allowedIpRanges[0]", "vault.allowedIpRanges[2]", ...of(0), ...of(1)]);
  });

  it("tells what a list has twice, in whatever letter case", () => {
    const again = GUID.toUpperCase();
    const subnet = `${workspace().replace(/Microsoft.*/, "")}Microsoft.Network/virtualNetworks/v/subnets/s`;
    const given = {
      ...minimal,
      readers: [{ objectId: GUID }, { objectId: again }],
      vault: { allowedSubnetIds: [subnet, subnet.toUpperCase()], allowedIpRanges: ["203.0.113.7", "203.0.113.7"] },
      daemons: [{ ...daemon, owners: [GUID, again] }],
    };
    expect(problems(given).map((line) => /^azure-daemon-access:(\S+): got/.exec(line)?.[1])).toEqual([
      "vault.allowedIpRanges[1]",
      "vault.allowedSubnetIds[1]",
      "readers[1].objectId",
      "daemons[0].owners[1]",
    ]);
  });

  it("tells a daemon's former name that a daemon has still, or that two had", () => {
    const formerly = (...names: (readonly [name: string, formerName: string])[]) =>
      problems({ ...minimal, daemons: names.map(([name, formerName]) => ({ ...daemon, name, formerName })) });
    expect(formerly(["loader", "fetcher"], ["mailer", "sender"])).toEqual([]);
    const refused =
      "; needed the one name that the daemon had before, which no daemon has now. Correct it, or remove it where the daemon has its new name already.";
    expect(formerly(["loader", "loader"])).toEqual([
      `azure-daemon-access:daemons[0].formerName: got "loader"${refused}`,
    ]);
    expect(formerly(["loader", "old"], ["mailer", "old"])).toEqual([
      `azure-daemon-access:daemons[1].formerName: got "old"${refused}`,
    ]);
  });

  it("tells tags that Azure would refuse by their names or number", () => {
    const tags = { "a/b": "x", owner: "x", Owner: "y" };
    expect(problems({ ...minimal, tags }).map((line) => /^azure-daemon-access:(\S+): got/.exec(line)?.[1])).toEqual([
      'tags["a/b"]',
      "tags.Owner",
    ]);
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`t${index}`, "x"]));
    expect(problems({ ...minimal, tags: many })[0]).toContain("needed at most 50 tags, not 51.");
  });

  it("fails without a stack trace in Pulumi's output", () => {
    expect(pulumi.RunError.isInstance(new ConfigurationError([]))).toBe(true);
  });

  it("tells every problem in one error, each on its line", () => {
    expect(() => read({ ...minimal, location: "West Europe", resourceGroupName: "rg." })).toThrow(
      [
        "The configuration of this stack has 2 problems, and nothing was deployed:",
        '  azure-daemon-access:location: got "West Europe"; needed a region\'s short name, small letters and digits without spaces. Write "westeurope".',
        '  azure-daemon-access:resourceGroupName: got "rg."; needed a resource group\'s name: 1 to 90 letters, digits, underscores, hyphens, points and brackets, no point last. Write, for example, "rg-daemons".',
        "Change it in Pulumi.<stack>.yaml; Pulumi.yaml says what each setting is for.",
      ].join("\n"),
    );
  });
});

const publicPem = readFileSync(join(__dirname, "..", "fixtures", "certificate.pem"), "utf8");
const withCertificates = (...certificates: Record<string, unknown>[]) => ({
  ...minimal,
  daemons: [
    {
      name: "loader",
      certificate: {
        certificates: certificates.map((certificate) => ({
          name: "2027-01",
          pem: publicPem,
          secretUri: "https://kv-daemons.vault.azure.net/secrets/loader-certificate-2027-01",
          ...certificate,
        })),
      },
    },
  ],
});

describe("a daemon with certificates", () => {
  it("is taken without a secret", () => {
    expect(read(withCertificates({})).daemons[0]).toMatchObject({
      certificate: { certificates: [{ name: "2027-01" }] },
    });
  });

  it("is refused with the private key of another daemon where one reader would get both", () => {
    const { daemons } = withCertificates({});
    const two = { ...minimal, daemons: [...daemons, ...daemons.map((each) => ({ ...each, name: "mailer" }))] };
    expect(problems(two)).toEqual([]);
    expect(problems({ ...two, readers: [{ objectId: GUID }] })).toEqual([
      `azure-daemon-access:daemons[1].certificate.certificates[0].secretUri: got "https://kv-daemons.vault.azure.net/secrets/loader-certificate-2027-01"; needed a private key that no other daemon has, because ${GUID} reads both. It is daemons[0].certificate.certificates[0].secretUri too; give each daemon a certificate of its own.`,
    ]);
  });

  it("is refused with a private key, of which nothing is told", () => {
    const pem = `-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkq\n-----END PRIVATE KEY-----\n${publicPem}`;
    const [line = "", ...others] = problems(withCertificates({ pem }));
    expect(line).toContain(
      "daemons[0].certificate.certificates[0].pem: got a private key; needed the public certificate alone, without its private key.",
    );
    expect(line).not.toContain("MIIEvQ");
    expect(others).toEqual([]);
  });

  it.each<[title: string, certificate: object, given: string]>([
    ["an empty list of them", { certificates: [] }, "an empty list; needed at least one certificate"],
    ["an empty group", {}, "nothing; needed a list of certificates, one or more"],
  ])("leads from %s to the command that makes the first", (_title, certificate, given) => {
    const [daemon] = withCertificates({}).daemons;
    expect(problems({ ...minimal, daemons: [{ ...daemon, certificate }] })).toEqual([
      `azure-daemon-access:daemons[0].certificate.certificates: got ${given}. Make the first with \`npx daemon-access credentials certificate\`, which writes it there.`,
    ]);
  });

  it("is refused where all of its certificates have ended, and where two are one", () => {
    const late = { ...withCertificates({}, { name: "again" }), asOf: "2099-06-01T00:00:00Z" };
    expect(problems(late)).toEqual([
      "azure-daemon-access:daemons[0].certificate.certificates[1].pem: got a certificate in PEM; needed each certificate once. It is certificates[0] too; remove one of them.",
      "azure-daemon-access:daemons[0].certificate.certificates: got a list; needed a certificate that is valid on 2099-06-01T00:00:00Z, which is when this runs; the last one is from 2026-01-01T00:00:00Z to 2099-01-01T00:00:00Z. Make a new one with `npx daemon-access credentials certificate`.",
    ]);
  });

  it("is refused in a format that carries a secret", () => {
    const [daemon] = withCertificates({}).daemons;
    expect(problems({ ...minimal, daemons: [{ ...daemon, formats: ["sdk-auth"] }] })).toEqual([
      expect.stringContaining('daemons[0].formats[0]: got "sdk-auth"; needed a format for a daemon with a certificate'),
    ]);
  });
});

const refusals: [what: string, settings: Record<string, unknown>, line: string][] = [
  [
    "a setting that is missing",
    { location: "westeurope", daemons: [daemon] },
    'resourceGroupName: got nothing; needed a resource group\'s name: 1 to 90 letters, digits, underscores, hyphens, points and brackets, no point last. Write, for example, "rg-daemons".',
  ],
  ["a setting that is unknown", { ...minimal, lokation: "x" }, 'lokation: unknown setting. Did you mean "location"?'],
  ["an unknown setting within", withDaemon({ grpah: {} }), 'daemons[0].grpah: unknown setting. Did you mean "graph"?'],
  [
    "an unknown setting like no other",
    { ...minimal, vault: { "sku.name": "premium" } },
    'vault["sku.name"]: unknown setting. The settings here are existing, name, recover, retentionDays, allowedIpRanges, allowedSubnetIds, privateEndpoint, diagnostics, lock, protect.',
  ],
  [
    "no daemon",
    { ...minimal, daemons: [] },
    "daemons: got an empty list; needed at least one daemon. Write each on a line of its own after a dash; or write platform, where the stack is one that others build on.",
  ],
  [
    "a daemon that is a text",
    { ...minimal, daemons: ["loader"] },
    'daemons[0]: got the text "loader"; needed a daemon: an object. Its settings are name, formerName, nameInVault, displayName, notes, existing, owners, deployerIsOwner, secret, certificate, federated, managedIdentity, graph, lake, machineLearning, dataLakeGen1, formats, readers.',
  ],
  [
    "daemons that are a group",
    { ...minimal, daemons: daemon },
    "daemons: got an object; needed a list of daemons. Write each on a line of its own after a dash.",
  ],
  [
    "a structure that is broken",
    { ...minimal, vault: "allowedIpRanges: []" },
    'vault: got "allowedIpRanges: []"; needed a structure in YAML, or the same as JSON. Write it under azure-daemon-access:vault in Pulumi.<stack>.yaml, indented and without quotes around the whole.',
  ],
  [
    "a daemon's name with a point",
    withDaemon({ name: "a.b" }),
    'daemons[0].name: got "a.b"; needed 1 to 64 small letters, digits and single hyphens, a letter first and no hyphen last. Write, for example, "forecast-loader".',
  ],
  [
    "two daemons of one name",
    { ...minimal, daemons: [daemon, daemon] },
    'daemons[1].name: got "loader"; needed a name that no other daemon has. daemons[0] has it already; change one of them.',
  ],
  [
    "a name in the vault that another daemon has",
    { ...minimal, daemons: [daemon, { ...daemon, name: "importer", nameInVault: "loader" }] },
    'daemons[1].nameInVault: got "loader"; needed a name that no other daemon has in the vault. The secrets of daemons[0] have it; give that daemon another nameInVault, or this one.',
  ],
  [
    "a daemon without a credential",
    { ...minimal, daemons: [{ name: "loader" }] },
    "daemons[0].secret: got nothing; needed a credential: one or more of secret, certificate and federated, or managedIdentity and none of them. Write, for example, secret with a rotation.",
  ],
  [
    "two daemons of one display name",
    {
      ...minimal,
      daemons: [
        { ...daemon, displayName: "A" },
        { ...daemon, name: "b", displayName: "A" },
      ],
    },
    'daemons[1].displayName: got "A"; needed a display name that no other daemon has. daemons[0] has it already; change one of them.',
  ],
  [
    "an existing application that is named by a word",
    withDaemon({ existing: { clientId: "loader" } }),
    `daemons[0].existing.clientId: got "loader"; needed an application (client) ID, which is a GUID. Write, for example, "${GUID}".`,
  ],
  [
    "an existing application without its ID",
    withDaemon({ existing: {} }),
    `daemons[0].existing.clientId: got nothing; needed an application (client) ID, which is a GUID. Write, for example, "${GUID}".`,
  ],
  [
    "one existing application for two daemons",
    {
      ...minimal,
      daemons: [
        { ...daemon, existing: { clientId: GUID } },
        { ...daemon, name: "b", existing: { clientId: GUID.toUpperCase() } },
      ],
    },
    `daemons[1].existing.clientId: got "${GUID}"; needed an application that no other daemon is. daemons[0] has it already; change one of them.`,
  ],
  ...["displayName", "owners", "deployerIsOwner"].map((name): [string, Record<string, unknown>, string] => [
    `${name} beside an existing application`,
    withDaemon({
      existing: { clientId: GUID },
      [name]: { displayName: "A", owners: [GUID], deployerIsOwner: true }[name],
    }),
    `daemons[0].${name}: got ${{ displayName: '"A"', owners: "a list", deployerIsOwner: "true" }[name] ?? ""}; needed nothing beside existing, because that application is not changed. Remove it, or remove existing.`,
  ]),
  [
    "an unknown permission",
    withDaemon({ graph: { permissions: ["User.Raed.All"] } }),
    'daemons[0].graph.permissions[0]: got "User.Raed.All"; needed an application permission of Microsoft Graph. Did you mean "User.Read.All"?',
  ],
  [
    "a delegated permission",
    withDaemon({ graph: { permissions: ["User.Read"] } }),
    'daemons[0].graph.permissions[0]: got "User.Read"; needed an application permission of Microsoft Graph; User.Read is a delegated one, which needs a signed-in user. Write, for example, "User.Read.All".',
  ],
  [
    "a delegated permission for what others have shared",
    withDaemon({ graph: { permissions: ["Mail.Read.Shared"] } }),
    'daemons[0].graph.permissions[0]: got "Mail.Read.Shared"; needed an application permission of Microsoft Graph; Mail.Read.Shared is a delegated one, which needs a signed-in user. Write, for example, "Mail.Read".',
  ],
  [
    "a permission given twice",
    withDaemon({ graph: { permissions: ["Mail.Send", "Mail.Send"] } }),
    'daemons[0].graph.permissions[1]: got "Mail.Send"; needed each permission once. daemons[0].graph.permissions[0] has it already; change one of them.',
  ],
  [
    "an unknown consent mode",
    withDaemon({ graph: { permissions: ["Mail.Send"], consent: "requested" } }),
    'daemons[0].graph.consent: got "requested"; needed a consent mode: "grant", "request", "external". Did you mean "request"?',
  ],
  [
    "an unknown role on the lake",
    withDaemon({ lake: { fileSystem: "forecasts", role: "Storage Blob Reader" } }),
    'daemons[0].lake.role: got "Storage Blob Reader"; needed a built-in role of this kind of resource, or the ID of a role definition. Did you mean "Storage Blob Data Reader"?',
  ],
  [
    "a privileged role on a workspace",
    withDaemon({ machineLearning: { role: "Owner", workspaceId: workspace() } }),
    'daemons[0].machineLearning.role: got "Owner"; needed a role without rights beyond the daemon\'s work. Choose "AzureML Data Scientist", or set allowPrivilegedRole to true.',
  ],
  [
    "a job and a role in a workspace",
    withDaemon({ machineLearning: { job: "train", role: "Reader", workspaceId: workspace() } }),
    'daemons[0].machineLearning.role: got "Reader"; needed a job or a role, not both. Remove one of them.',
  ],
  [
    "an unknown job in a workspace",
    withDaemon({ machineLearning: { job: "trian", workspaceId: workspace() } }),
    'daemons[0].machineLearning.job: got "trian"; needed what the daemon does in the workspace: "read", "train", "deploy", "call", "call-with-keys". Did you mean "train"?',
  ],
  [
    "an endpoint beside a job that calls none",
    withDaemon({ machineLearning: { job: "train", endpoint: "forecast", workspaceId: workspace() } }),
    'daemons[0].machineLearning.endpoint: got "forecast"; needed a job that calls endpoints beside it: "call", "call-with-keys". Write one of these as the job, or remove endpoint.',
  ],
  [
    "linked resources that the job doesn't go to",
    withDaemon({ machineLearning: { job: "call", linkedResources: { lookUp: ["vault"] }, workspaceId: workspace() } }),
    'daemons[0].machineLearning.linkedResources.job: got "call"; needed a job that goes to what the workspace is linked to: "read", "train", "deploy". Choose one of these, or remove linkedResources.',
  ],
  [
    "an unknown maker of the jobs' roles",
    { ...minimal, machineLearningRoles: "exiting" },
    'machineLearningRoles: got "exiting"; needed who makes the jobs\' roles: "managed", "existing". Did you mean "existing"?',
  ],
  [
    "a daemon without a workspace",
    withDaemon({ machineLearning: {} }),
    "daemons[0].machineLearning.workspaceId: got nothing; needed the resource ID of a workspace, here or as azure-daemon-access:workspaceId. Write the one that the daemon works in.",
  ],
  [
    "a file system's name in capitals",
    withDaemon({ lake: { fileSystem: "Forecasts" } }),
    'daemons[0].lake.fileSystem: got "Forecasts"; needed a file system\'s name: 3 to 63 small letters, digits and single hyphens, no hyphen first or last. Write, for example, "forecasts".',
  ],
  [
    "an end without a zone",
    withDaemon({ secret: { endDate: "2030-05-01T00:00:00" } }),
    'daemons[0].secret.endDate: got "2030-05-01T00:00:00"; needed a date and time with its zone, as RFC 3339 writes it. Write, for example, "2027-01-31T00:00:00Z".',
  ],
  [
    "an end that is past",
    withDaemon({ secret: { endDate: "2030-01-01T00:00:00Z" } }),
    'daemons[0].secret.endDate: got "2030-01-01T00:00:00Z"; needed a moment later than 2030-02-01T10:20:30Z, which is when this runs. Choose a later one.',
  ],
  [
    "a rotateNow that is yet to come",
    withDaemon({ secret: { ...daemon.secret, rotateNow: "2030-02-02T00:00:00Z" } }),
    'daemons[0].secret.rotateNow: got "2030-02-02T00:00:00Z"; needed a moment no later than 2030-02-01T10:20:30Z, which is when this runs. Write, for example, "2030-02-01T10:20:30Z".',
  ],
  [
    "a rotateNow before the rotation starts",
    withDaemon({ secret: { ...daemon.secret, rotateNow: "2029-12-01T00:00:00Z" } }),
    'daemons[0].secret.rotateNow: got "2029-12-01T00:00:00Z"; needed a moment from the rotation\'s startsAt on, 2030-01-01T00:00:00Z. Write, for example, "2030-02-01T10:20:30Z".',
  ],
  [
    "a secret without an end",
    withDaemon({ secret: {} }),
    "daemons[0].secret: got an object; needed exactly one of endDate and rotation. Write endDate, or rotation with startsAt.",
  ],
  [
    "a secret with an end and a rotation",
    withDaemon({ secret: { endDate: "2030-05-01T00:00:00Z", ...daemon.secret } }),
    "daemons[0].secret: got an object; needed exactly one of endDate and rotation. Remove one of them.",
  ],
  [
    "a rotation that is a number in quotes",
    withDaemon({ secret: { rotation: { ...daemon.secret.rotation, everyDays: "90" } } }),
    'daemons[0].secret.rotation.everyDays: got the text "90"; needed a number. Write 90, without quotes.',
  ],
  [
    "an overlap longer than its rotation",
    withDaemon({ secret: { rotation: { ...daemon.secret.rotation, everyDays: 7 } } }),
    "daemons[0].secret.rotation.overlapDays: got 14; needed a whole number of days, no more than everyDays, from 1 to 7. Write, for example, 7.",
  ],
  [
    "a staging that begins before the overlap ends",
    withDaemon({ secret: { rotation: { ...daemon.secret.rotation, everyDays: 30, stageDays: 17 } } }),
    "daemons[0].secret.rotation.stageDays: got 17; needed a whole number of days, no more than everyDays less overlapDays, from 1 to 16. Write, for example, 16.",
  ],
  [
    "a staging beside an overlap as long as the rotation",
    withDaemon({ secret: { rotation: { ...daemon.secret.rotation, everyDays: 14, stageDays: 1 } } }),
    "daemons[0].secret.rotation.stageDays: got 1; needed an overlapDays shorter than everyDays, or there is no time to stage the next secret in. Remove stageDays, or write a smaller overlapDays.",
  ],
  [
    "an unknown format",
    withDaemon({ formats: ["msal"] }),
    'daemons[0].formats[0]: got "msal"; needed a credential format: "client-secret", "credential", "msal-parameters", "sdk-auth", "aml-env", "azure-identity-env", "datalake-gen1". Choose one of these.',
  ],
  [
    "a Gen1 format without an account",
    withDaemon({ formats: ["datalake-gen1"] }),
    'daemons[0].dataLakeGen1: got nothing; needed storeName, the account that the format datalake-gen1 names, or one as azure-daemon-access:dataLakeGen1. Write, for example, "forecastlake".',
  ],
  [
    "a retired lake that nobody insists on",
    { ...minimal, dataLakeGen1: { accountName: "oldlake" } },
    "dataLakeGen1.accountId: got nothing; needed the resource ID of an account that exists: Data Lake Storage Gen1 was retired on 2024-02-29, and Azure makes no new ones. For a new lake use daemons[].lake, which is Gen2; set allowRetiredService to true to create a new Gen1 account anyway.",
  ],
  [
    "a new retired lake without a name",
    { ...minimal, dataLakeGen1: { allowRetiredService: true } },
    'dataLakeGen1.accountName: got nothing; needed the name of the new account: the daemons\' credentials carry it. Write, for example, "forecastlake".',
  ],
  [
    "what describes a new lake beside one that exists",
    { ...minimal, dataLakeGen1: { accountId: lakeStore(), allowRetiredService: true } },
    "dataLakeGen1.allowRetiredService: got true; needed nothing beside accountId, because an existing account is never changed. Leave allowRetiredService out.",
  ],
  [
    "a directory without its lake",
    withDaemon({ dataLakeGen1: { path: "/loader" } }),
    'daemons[0].dataLakeGen1.path: got "/loader"; needed no directory without its account. Name the account as azure-daemon-access:dataLakeGen1 with accountId, or leave path out.',
  ],
  [
    "another lake beside a directory",
    {
      ...withDaemon({ dataLakeGen1: { path: "/loader", storeName: "other" } }),
      dataLakeGen1: { accountId: lakeStore() },
    },
    'daemons[0].dataLakeGen1.storeName: got "other"; needed no account beside path, because path is in the account of azure-daemon-access:dataLakeGen1. Leave storeName out.',
  ],
  [
    "rights without a directory",
    { ...withDaemon({ dataLakeGen1: { permissions: "r-x" } }), dataLakeGen1: { accountId: lakeStore() } },
    'daemons[0].dataLakeGen1.permissions: got "r-x"; needed path too, the directory of the daemon. Write, for example, "/forecasts".',
  ],
  [
    "a privileged role on a retired lake",
    {
      ...withDaemon({ dataLakeGen1: { path: "/loader", accountRole: "Owner" } }),
      dataLakeGen1: { accountId: lakeStore() },
    },
    'daemons[0].dataLakeGen1.accountRole: got "Owner"; needed a role without rights beyond the daemon\'s work. Choose "Reader", or set allowPrivilegedRole to true.',
  ],
  [
    "a reader that is no GUID",
    { ...minimal, readers: [{ objectId: "me" }] },
    `readers[0].objectId: got "me"; needed an object ID, which is a GUID. Write, for example, "${GUID}".`,
  ],
  [
    "a reader of all daemons who is named again for one",
    { ...withDaemon({ readers: [{ objectId: GUID }] }), readers: [{ objectId: GUID }] },
    `daemons[0].readers[0].objectId: got "${GUID}"; needed each reader once. It is among azure-daemon-access:readers already; remove it here.`,
  ],
  [
    "an IP range for everyone",
    { ...minimal, vault: { allowedIpRanges: ["0.0.0.0/0"] } },
    'vault.allowedIpRanges[0]: got "0.0.0.0/0"; needed a public IPv4 address, or a range of them in CIDR notation from /8 to /30. A range this wide lets everyone in; name the addresses that your clients have.',
  ],
  [
    "a vault's name that is too long",
    { ...minimal, vault: { name: "kv-of-all-daemons-everywhere" } },
    'vault.name: got "kv-of-all-daemons-everywhere"; needed 3 to 24 letters, digits and single hyphens, a letter first and no hyphen last, unique in all of Azure. Write, for example, "kv-daemons".',
  ],
  [
    "an account's name with a hyphen",
    { ...minimal, lake: { accountName: "st-daemons" } },
    'lake.accountName: got "st-daemons"; needed 3 to 24 small letters and digits, unique in all of Azure. Write, for example, "stdaemons".',
  ],
  [
    "a workspace given by name",
    { ...minimal, workspaceId: "mlw-forecast" },
    `workspaceId: got "mlw-forecast"; needed the resource ID of an Azure Machine Learning workspace. Write, for example, "/subscriptions/${GUID}/resourceGroups/rg-example/providers/Microsoft.MachineLearningServices/workspaces/mlw-forecast".`,
  ],
  [
    "a tag that is a number",
    { ...minimal, tags: { costCentre: 4711 } },
    'tags.costCentre: got 4711; needed a text. Put it in quotes: "4711".',
  ],
  [
    "a null",
    { ...minimal, lake: null },
    "lake: got null; needed the lake: an object. Its settings are existing, accountName, sku, allowedIpRanges, allowedSubnetIds, privateEndpoint, lifecycle, softDeleteDays, versioning, diagnostics, lock, protect, infrastructureEncryption.",
  ],
  [
    "a reader's format that no daemon is delivered in",
    { ...minimal, readers: [{ objectId: GUID, formats: ["sdk-auth"] }] },
    'readers[0].formats[0]: got "sdk-auth"; needed a format that is written: "credential". Add it to a daemon\'s formats, or remove it here.',
  ],
  [
    "settings beside an existing vault",
    { ...minimal, vault: { existing: { vaultId: vaultId() }, lock: true } },
    "vault.lock: got true; needed nothing beside an existing one, because its owner decides its settings. Remove it, or let a new one be made.",
  ],
  [
    "a vault to be brought back without its name",
    { ...minimal, vault: { recover: true } },
    'vault.name: got nothing; needed the name of the deleted vault, because recover brings back the one of that name. Write, for example, "kv-daemons".',
  ],
  [
    "a lifecycle rule for a file system that no daemon uses",
    { ...minimal, lake: { lifecycle: [{ name: "old", fileSystem: "attic", deleteAfterDays: 1 }] } },
    'lake.lifecycle[0].fileSystem: got "attic"; needed a file system that the lake has. Use it in a daemon, or leave the rule out.',
  ],
  [
    "days of a lifecycle rule that do not follow each other",
    { ...minimal, lake: { lifecycle: [{ name: "old", coolAfterDays: 90, deleteAfterDays: 30 }] } },
    "lake.lifecycle[0].deleteAfterDays: got 30; needed a number of days after coolAfterDays, which is 90. Write, for example, 120.",
  ],
  [
    "versions in a lake",
    { ...minimal, lake: { versioning: true } },
    "lake.versioning: got true; needed false, because Azure keeps no versions in an account with a hierarchical namespace. Remove it; softDeleteDays keeps what is deleted.",
  ],
  [
    "a moment that YAML has rewritten",
    { ...minimal, asOf: "2030-01-01 00:00:00 +0000 UTC" },
    'asOf: got "2030-01-01 00:00:00 +0000 UTC"; needed a date and time with its zone, as RFC 3339 writes it. Put it in quotes, "2030-01-01T00:00:00Z", or YAML reads it as a timestamp.',
  ],
];

function lakeStore(): string {
  return `/subscriptions/${GUID}/resourceGroups/rg/providers/Microsoft.DataLakeStore/accounts/oldlake`;
}

function vaultId(): string {
  return `/subscriptions/${GUID}/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv-platform`;
}

function workspace(): string {
  return `/subscriptions/${GUID}/resourceGroups/rg/providers/Microsoft.MachineLearningServices/workspaces/mlw`;
}

describe("a daemon without a secret in the configuration", () => {
  const bare = (extra: Record<string, unknown>) => ({ ...minimal, daemons: [{ name: "loader", ...extra }] });
  const gitHub = { repository: "contoso/forecasts", branch: "main" };
  const trust = { name: "main-branch", gitHub };

  it("trusts workloads, or is a managed identity, or both", () => {
    const federated = [trust, { name: "runner", managedIdentity: { principalId: GUID } }];
    expect(read(bare({ federated })).daemons[0]?.federated).toEqual(federated);
    expect(read(bare({ managedIdentity: {} })).daemons[0]?.managedIdentity).toEqual({});
    const managedIdentity = { name: "id-loader", federated };
    expect(read(bare({ managedIdentity })).daemons[0]?.managedIdentity).toEqual(managedIdentity);
  });

  it.each<[string, Record<string, unknown>, string[]]>([
    [
      "workloads and a managed identity",
      { federated: [trust], managedIdentity: {} },
      [
        "managedIdentity: got an object; needed managedIdentity without federated: Azure keeps a managed identity's credentials to itself. Remove managedIdentity, or federated.",
      ],
    ],
    [
      "what only an application has",
      { managedIdentity: {}, displayName: "Loader", owners: [GUID], deployerIsOwner: true },
      ["displayName", "owners", "deployerIsOwner"].map(
        (name, index) =>
          `${name}: got ${['"Loader"', "a list", "true"][index] ?? ""}; needed nothing beside managedIdentity, which has no application. Remove it, or remove managedIdentity.`,
      ),
    ],
    [
      "a request for consent",
      { managedIdentity: {}, graph: { permissions: ["User.Read.All"], consent: "request" } },
      [
        'graph.consent: got "request"; needed "grant" or "external" for a managed identity, which has no application that an administrator could consent to. Write "grant" where the deployer may assign app roles, or "external" where somebody else does.',
      ],
    ],
    [
      "a workload of two kinds, in a managed identity",
      { managedIdentity: { federated: [{ ...trust, custom: { issuer: "https://id.example", subject: "job-7" } }] } },
      [
        "managedIdentity.federated[0]: got an object; needed exactly one of gitHub, azureDevOps, kubernetes, managedIdentity and custom. Remove all but one of gitHub, custom.",
      ],
    ],
    [
      "one workload twice",
      { federated: [trust, { name: "again", gitHub }] },
      [
        'federated[1]: got "again"; needed another issuer or subject than every other trust of this identity. daemons[0].federated[0] trusts the same workload; remove one of them.',
      ],
    ],
    [
      "a wildcard, and a repository alone",
      { federated: [{ name: "any", gitHub: { repository: "contoso/*" } }] },
      [
        'federated[0].gitHub.repository: got "contoso/*"; needed one repository, spelt out: Microsoft Entra ID takes * for itself, not for any characters. Give each workload a trust of its own.',
        "federated[0].gitHub: got nothing; needed exactly one of branch, tag, environment and pullRequest. Write the one that fits.",
      ],
    ],
    [
      "a format that has nothing to carry",
      { federated: [trust], formats: ["credential", "aml-env"] },
      [
        'formats[1]: got "aml-env"; needed a format for a daemon with federated credentials: "credential", "msal-parameters", "azure-identity-env". aml-env carries a client secret; choose one of these, or give the daemon what it carries.',
      ],
    ],
  ])("is refused with %s", (_what, extra, lines) => {
    expect(problems(bare(extra))).toEqual(lines.map((line) => `azure-daemon-access:daemons[0].${line}`));
  });
});

describe("the configuration refuses", () => {
  it.each(refusals)("%s", (_what, settings, line) => {
    expect(problems(settings)).toEqual([`azure-daemon-access:${line}`]);
  });

  it("what is wrong between settings beside what is wrong with one", () => {
    const settings = { ...minimal, location: "?", daemons: [daemon, { ...daemon, secret: {}, oops: 1 }] };
    expect(problems(settings).map((line) => line.replace(/: .*/, ""))).toEqual([
      "azure-daemon-access:location",
      "azure-daemon-access:daemons[1].oops",
      "azure-daemon-access:daemons[1].name",
      "azure-daemon-access:daemons[1].secret",
    ]);
  });

  it("an encrypted setting without telling anything of it", () => {
    const settings = {
      ...withDaemon({ name: "HUSH", formats: ["hush", "hush"] }),
      location: "Hush Hush",
      vault: "{hush",
    };
    expect(problems(settings, ["location", "vault", "daemons"])).toEqual(
      ["vault", "location", "daemons"].map(
        (setting) =>
          `azure-daemon-access:${setting}: is invalid; its value is encrypted, so it is not shown. Set it without --secret; it holds no secret.`,
      ),
    );
  });
});
