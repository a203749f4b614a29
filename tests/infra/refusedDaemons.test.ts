import { daemon, GUID, minimal, problems, withDaemon, workspace } from "./support/settings";

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
    'daemons[0].name: got "a.b"; needed 1 to 64 lowercase letters, digits and single hyphens, a letter first and no hyphen last. Write, for example, "forecast-loader".',
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
];

describe("the configuration refuses", () => {
  it.each(refusals)("%s", (_what, settings, line) => {
    expect(problems(settings)).toEqual([`azure-daemon-access:${line}`]);
  });
});
