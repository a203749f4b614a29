import { daemon, GUID, lakeStore, minimal, problems, vaultId, withDaemon } from "./support/settings";

const refusals: [what: string, settings: Record<string, unknown>, line: string][] = [
  [
    "a file system's name in capitals",
    withDaemon({ lake: { fileSystem: "Forecasts" } }),
    'daemons[0].lake.fileSystem: got "Forecasts"; needed a file system\'s name: 3 to 63 lowercase letters, digits and single hyphens, no hyphen first or last. Write, for example, "forecasts".',
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
    "dataLakeGen1.allowRetiredService: got true; needed only accountId, because an existing account is never changed. Leave allowRetiredService out.",
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
    `daemons[0].readers[0].objectId: got "${GUID}"; needed each reader once. It is already in azure-daemon-access:readers; remove it here.`,
  ],
  [
    "an IP range for everyone",
    { ...minimal, vault: { allowedIpRanges: ["0.0.0.0/0"] } },
    'vault.allowedIpRanges[0]: got "0.0.0.0/0"; needed a public IPv4 address, or a range of them in CIDR notation from /8 to /30. A range this wide allows everyone; set the addresses of your clients.',
  ],
  [
    "a vault's name that is too long",
    { ...minimal, vault: { name: "kv-of-all-daemons-everywhere" } },
    'vault.name: got "kv-of-all-daemons-everywhere"; needed 3 to 24 letters, digits and single hyphens, a letter first and no hyphen last, unique in all of Azure. Write, for example, "kv-daemons".',
  ],
  [
    "an account's name with a hyphen",
    { ...minimal, lake: { accountName: "st-daemons" } },
    'lake.accountName: got "st-daemons"; needed 3 to 24 lowercase letters and digits, unique in all of Azure. Write, for example, "stdaemons".',
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

describe("the configuration refuses", () => {
  it.each(refusals)("%s", (_what, settings, line) => {
    expect(problems(settings)).toEqual([`azure-daemon-access:${line}`]);
  });
});
