/** What takes time to be known everywhere. */
export type ReplicatedKind =
  | "application"
  | "servicePrincipal"
  | "clientSecret"
  | "certificate"
  | "federatedCredential"
  | "appRoleAssignment"
  | "roleAssignment"
  | "roleDefinition"
  | "vaultSecret"
  | "hostName";

/** Who reads. A service that lets callers in by their roles reads these apart from the objects that it shows. */
export type Reader =
  "graph" | "entra" | "arm" | "armAccess" | "keyVault" | "keyVaultAccess" | "storageAccess" | "names";

/** How many replicas of a reader answer by turns. */
export const replicaCounts: Readonly<Record<Reader, number>> = {
  graph: 3,
  entra: 2,
  arm: 2,
  armAccess: 2,
  keyVault: 2,
  keyVaultAccess: 2,
  storageAccess: 2,
  names: 1,
};

/**
 * The share of requests that reach the replica which took the changes, and sees them at once. Graph keeps a client's session there
 * for the most part: terraform-provider-azuread 3 reads and changes a new service principal without a second try, and most of
 * its runs succeed; its issues 1802 and 1811 are of those that do not.
 */
export const homeShares: Readonly<Partial<Record<Reader, number>>> = { graph: 0.9 };

/** What a range rests on: Microsoft's documentation, reports of users, what a client waits for by its source, or none. */
export type Evidence = "documented" | "reported" | "client" | "assumed";

/** How long a change of one kind takes to reach one reader. What has no fact is seen at once. */
export interface ReplicationFact {
  readonly kind: ReplicatedKind;
  readonly reader: Reader;
  /** Seconds, from and to. */
  readonly seconds: readonly [number, number];
  readonly evidence: Evidence;
  readonly source: string;
}

const eventualConsistency =
  "devblogs.microsoft.com/identity, Designing for Eventual Consistency for Microsoft Entra (24 March 2026): no figure; 'found late' for new objects, old values for changed ones";
const azureadWaits =
  "terraform-provider-azuread: after each change five agreeing reads in a row, each 1 s or more after the other";
const newPasswords = "microsoftgraph/microsoft-graph-docs issue 17966: 4 to 18 s seen";
const rbac =
  "learn.microsoft.com/azure/role-based-access-control/troubleshooting: up to 10 minutes, for removals too; MicrosoftDocs/azure-docs issue 95742: 10 s are not always enough";

export const replicationFacts: readonly ReplicationFact[] = [
  { kind: "application", reader: "graph", seconds: [0, 30], evidence: "documented", source: eventualConsistency },
  {
    kind: "application",
    reader: "entra",
    seconds: [1, 30],
    evidence: "reported",
    source: "hashicorp/vault-plugin-secrets-azure issue 26: AADSTS700016, a few seconds after the creation",
  },
  { kind: "servicePrincipal", reader: "graph", seconds: [0, 30], evidence: "documented", source: eventualConsistency },
  {
    kind: "servicePrincipal",
    reader: "entra",
    seconds: [1, 30],
    evidence: "assumed",
    source: "as for applications",
  },
  {
    kind: "servicePrincipal",
    reader: "arm",
    seconds: [5, 180],
    evidence: "client",
    source:
      "hashicorp/terraform-provider-azurerm issue 1635: the Azure CLI assigns a role again 36 times, 5 s apart, while the principal is not found",
  },
  { kind: "clientSecret", reader: "graph", seconds: [0, 20], evidence: "client", source: azureadWaits },
  { kind: "clientSecret", reader: "entra", seconds: [4, 18], evidence: "reported", source: newPasswords },
  { kind: "certificate", reader: "graph", seconds: [0, 20], evidence: "client", source: azureadWaits },
  { kind: "certificate", reader: "entra", seconds: [4, 18], evidence: "assumed", source: "as for client secrets" },
  {
    kind: "federatedCredential",
    reader: "graph",
    seconds: [0, 20],
    evidence: "reported",
    source: "microsoftgraph/microsoft-graph-docs issue 19510: differing lists after a write; no figure",
  },
  {
    kind: "federatedCredential",
    reader: "entra",
    seconds: [5, 120],
    evidence: "documented",
    source:
      "learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations: takes time; Azure/azure-workload-identity issue 1200",
  },
  { kind: "appRoleAssignment", reader: "graph", seconds: [0, 20], evidence: "client", source: azureadWaits },
  {
    kind: "appRoleAssignment",
    reader: "entra",
    seconds: [2, 60],
    evidence: "reported",
    source:
      "AzureAD/microsoft-authentication-library-for-dotnet issue 2612: 30 s later it works; microsoftgraph/microsoft-graph-docs issue 10907: tokens without the permission",
  },
  {
    kind: "roleAssignment",
    reader: "arm",
    seconds: [0, 60],
    evidence: "client",
    source: "terraform-provider-azurerm: waits for five good reads in a row, 5 s apart, after it has assigned a role",
  },
  { kind: "roleAssignment", reader: "armAccess", seconds: [5, 600], evidence: "documented", source: rbac },
  { kind: "roleAssignment", reader: "keyVaultAccess", seconds: [5, 600], evidence: "documented", source: rbac },
  { kind: "roleAssignment", reader: "storageAccess", seconds: [5, 600], evidence: "documented", source: rbac },
  {
    kind: "roleDefinition",
    reader: "arm",
    seconds: [0, 300],
    evidence: "reported",
    source:
      "Azure/azure-cli issue 20727: lists with and without the role by turns; hashicorp/terraform-provider-azurerm issue 5038: about 5 minutes",
  },
  {
    kind: "roleDefinition",
    reader: "armAccess",
    seconds: [5, 600],
    evidence: "assumed",
    source: "as for role assignments",
  },
  {
    kind: "roleDefinition",
    reader: "keyVaultAccess",
    seconds: [5, 600],
    evidence: "assumed",
    source: "as for role assignments",
  },
  {
    kind: "roleDefinition",
    reader: "storageAccess",
    seconds: [5, 600],
    evidence: "assumed",
    source: "as for role assignments",
  },
  {
    kind: "vaultSecret",
    reader: "keyVault",
    seconds: [0, 5],
    evidence: "assumed",
    source: "no public figure for a secret that was written through Azure Resource Manager",
  },
  {
    kind: "hostName",
    reader: "names",
    seconds: [0, 60],
    evidence: "reported",
    source:
      "Azure/azure-libraries-for-net issue 309: about 60 s; hashicorp/terraform-provider-azurerm pull request 1081: waits for ten good look-ups",
  },
];

/** How long the slowest change takes. */
export const longestSeconds = Math.max(...replicationFacts.map(({ seconds: [, to] }) => to));
