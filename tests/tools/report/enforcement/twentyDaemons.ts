import { identities } from "../../../../local/azure/landingZone/layout";

/** Issuer of the tokens that the daemons without a secret show. */
export const issuer = "https://id.contoso.example";

/** IDs of what stands in the tenant before the stack, by the name that the answers have for it. */
export interface Outsiders {
  readonly readers: Readonly<Record<"hr-portal" | "support-desk", string>>;
  /** Owns applications, and has the permission that a program needs for it. */
  readonly owner: string;
  /** An application that the stack takes over as a daemon. */
  readonly nightRunner: { readonly clientId: string; readonly objectId: string };
}

const rotating = { secret: { rotation: { startsAt: "2026-01-01T00:00:00Z" } } };
const graph = (permission: string, consent = "grant") => ({ graph: { permissions: [permission], consent } });
const lake = (fileSystem: string, role?: string) => ({
  lake: { fileSystem, ...(role !== undefined && { role, allowPrivilegedRole: role.endsWith("Owner") }) },
});
const workspace = (settings: Readonly<Record<string, unknown>>) => ({ machineLearning: settings });
const trusted = (subject: string) => ({ federated: [{ name: "workload", custom: { issuer, subject } }] });
const READER = "Storage Blob Data Reader";

/** Twenty daemons: each kind of credential, and each kind of access at least once. */
export const twentyDaemons = ({ readers, owner, nightRunner }: Outsiders): readonly Record<string, unknown>[] => [
  { name: "forecast-loader", ...rotating, ...graph("User.Read.All"), ...lake("forecasts"), ...workspace({}) },
  {
    name: "report-mailer",
    ...rotating,
    ...graph("User.Read.All", "request"),
    ...lake("reports", READER),
    readers: [{ objectId: nightRunner.objectId }],
  },
  {
    name: "user-sync",
    ...rotating,
    graph: { permissions: ["User.Read.All", "Group.Read.All"] },
    owners: [owner],
    readers: [{ objectId: readers["hr-portal"] }],
  },
  { name: "group-audit", ...rotating, ...graph("Group.Read.All"), ...lake("audit", READER) },
  { name: "domain-watch", ...rotating, ...graph("Domain.Read.All") },
  { name: "consent-audit", ...rotating, ...graph("DelegatedPermissionGrant.ReadWrite.All"), ...lake("audit") },
  { name: "archive-writer", ...rotating, ...lake("archive"), owners: [owner], deployerIsOwner: true },
  { name: "archive-reader", ...rotating, ...lake("archive", READER), readers: [{ objectId: readers["support-desk"] }] },
  { name: "lake-keeper", ...rotating, ...lake("archive", "Storage Blob Data Owner") },
  { name: "trainer", ...rotating, ...workspace({ job: "train" }) },
  { name: "model-deployer", ...rotating, ...workspace({ job: "deploy" }) },
  { name: "model-caller", ...rotating, ...workspace({ job: "call" }) },
  { name: "workspace-viewer", secret: { endDate: "2026-04-01T00:00:00Z" }, ...workspace({ job: "read" }) },
  { name: "workspace-owner", ...rotating, ...workspace({ role: "Owner", allowPrivilegedRole: true }) },
  { name: "workspace-manager", ...rotating, ...workspace({ role: "Contributor", allowPrivilegedRole: true }) },
  { name: "cluster-operator", ...rotating, ...workspace({ role: "AzureML Compute Operator" }) },
  { name: "metrics-writer", ...rotating, ...workspace({ role: "AzureML Metrics Writer (preview)" }) },
  { name: "build-agent", ...trusted("build"), ...graph("Group.Read.All", "request"), ...lake("forecasts") },
  { name: "cluster-job", managedIdentity: trusted("cluster"), ...graph("Domain.Read.All"), ...lake("reports") },
  { name: "night-runner", existing: { clientId: nightRunner.clientId }, ...rotating, ...lake("reports", READER) },
];

/** Settings of the stack beside those of the dev stack. */
export const twentySettings = (outsiders: Outsiders): Readonly<Record<string, unknown>> => ({
  readers: [{ objectId: identities.consumer.objectId }],
  daemons: twentyDaemons(outsiders),
});
