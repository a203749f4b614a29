import { definitionId } from "../access/roles";
import { stableGuid } from "../access/stableGuid";
import { subscriptionOf } from "../checks/identifiers";
import { oneOf } from "../checks/oneOf";
import type { Check } from "../checks/refusal";

const NAMESPACE = "Microsoft.MachineLearningServices/workspaces";

/** What a daemon does in a workspace, by the word that stands for it. */
export interface WorkspaceJob {
  /** What the role's description says. */
  readonly description: string;
  /** The built-in role that gives no more than the job needs, where there is one. */
  readonly builtIn?: string;
  /** Actions of the custom role, below Microsoft.MachineLearningServices/workspaces. */
  readonly actions?: readonly string[];
  /** What the actions with a wildcard would give beside the job. */
  readonly notActions?: readonly string[];
  /** Whether the role can be narrowed to one online endpoint. */
  readonly onEndpoint?: boolean;
  /** Built-in roles on what the workspace is linked to. None where the job doesn't go there itself. */
  readonly linked: { readonly storageAccount?: string; readonly containerRegistry?: string; readonly vault?: string };
}

/** Reads that show secrets, or a way to them. */
const SECRET_READS = ["listNotebookAccessToken/read", "listNotebookKeys/read", "metadata/secrets/read"];

/** Code, data, environments and models: what both training and deploying put into a workspace. */
const ASSET_WRITES = [
  "codes/write",
  "codes/versions/write",
  "data/write",
  "data/versions/write",
  "environments/build/action",
  "environments/readSecrets/action",
  "environments/versions/write",
  "environments/write",
  "models/versions/write",
  "models/write",
];

const CALLS = ["onlineEndpoints/read", "onlineEndpoints/score/action", "onlineEndpoints/token/action"];

const DATA_CONTRIBUTOR = "Storage Blob Data Contributor";
const SECRETS_USER = "Key Vault Secrets User";

const jobs: Readonly<Record<string, WorkspaceJob>> = {
  read: {
    description: "Reads a workspace and what is in it.",
    builtIn: "Reader",
    linked: { storageAccount: "Storage Blob Data Reader", containerRegistry: "AcrPull" },
  },
  train: {
    description: "Runs jobs in a workspace, with the code, data, environments and models that go with them.",
    actions: [
      "*/read",
      ...ASSET_WRITES,
      "components/versions/write",
      "components/write",
      "experiments/runs/submit/action",
      "experiments/runs/write",
      "experiments/write",
      "jobs/cancel/action",
      "jobs/delete",
      "jobs/write",
      "metadata/artifacts/write",
      "metadata/snapshots/write",
      "metrics/resource/write",
    ],
    notActions: SECRET_READS,
    linked: { storageAccount: DATA_CONTRIBUTOR, containerRegistry: "AcrPull", vault: SECRETS_USER },
  },
  deploy: {
    description: "Makes, changes and removes online endpoints and their deployments, with the models that they serve.",
    actions: [
      "*/read",
      ...ASSET_WRITES,
      "onlineEndpoints/delete",
      "onlineEndpoints/deployments/delete",
      "onlineEndpoints/deployments/getLogs/action",
      "onlineEndpoints/deployments/write",
      "onlineEndpoints/write",
    ],
    notActions: SECRET_READS,
    linked: { storageAccount: DATA_CONTRIBUTOR, containerRegistry: "AcrPush", vault: SECRETS_USER },
  },
  call: {
    description: "Calls online endpoints, with tokens of Entra ID or of the endpoint.",
    actions: CALLS,
    onEndpoint: true,
    linked: {},
  },
  "call-with-keys": {
    description: "Calls online endpoints, and may fetch their keys.",
    actions: [...CALLS, "onlineEndpoints/listKeys/action"],
    onEndpoint: true,
    linked: {},
  },
};

/** The jobs that have a role of least privilege. */
export const workspaceJobs: readonly string[] = Object.keys(jobs);

/** Those whose role is a custom one. */
export const customJobs: readonly string[] = workspaceJobs.filter((job) => jobs[job]?.builtIn === undefined);

/** A job whose role a program makes. */
export const customJob: Check = oneOf("a job with a custom role", customJobs);

export const workspaceJob: Check = oneOf("what the daemon does in the workspace", workspaceJobs);

/** Of a checked job. */
export function jobOf(name: string): WorkspaceJob {
  const job = jobs[name];
  if (!job) throw new RangeError(`Not a job in a workspace: ${name}`);
  return job;
}

/** The custom role of a job: the same in every program, for one resource group of workspaces. */
export interface JobRole {
  /** Name of its definition, a GUID. */
  readonly guid: string;
  /** How Azure answers the ID of its definition. */
  readonly definitionId: string;
  /** The resource group in whose workspaces it can be assigned. */
  readonly scope: string;
  readonly roleName: string;
  readonly actions: string[];
  readonly notActions: string[];
}

/** The custom role of a job that has one, in the resource group of a workspace. */
export function jobRole(name: string, workspaceId: string): JobRole {
  const { actions = [], notActions = [] } = jobOf(name);
  const below = (action: string): string => `${NAMESPACE}/${action}`;
  // Everything below the workspace, and the workspace itself, which no wildcard below it means for certain.
  const own = actions.some((action) => action === "*/read") ? [below("read")] : [];
  return {
    ...roleIdentity(`job ${name}`, workspaceId),
    roleName: `Daemon: ${name} in ${groupPlace(workspaceId)}`,
    actions: [...own, ...actions.map(below)],
    notActions: notActions.map(below),
  };
}

/** What a custom role of some meaning is known by, in the resource group of a workspace. */
export function roleIdentity(meaning: string, workspaceId: string): Pick<JobRole, "guid" | "definitionId" | "scope"> {
  const scope = groupOf(workspaceId);
  const guid = stableGuid("machine learning role", scope, meaning);
  return { guid, scope, definitionId: definitionId(subscriptionOf(workspaceId) ?? "", guid) };
}

/** The resource group that a workspace lies in. */
export const groupOf = (workspaceId: string): string => workspaceId.split("/").slice(0, 5).join("/");

/** Names of roles are unique in a tenant, which may have two resource groups of one name. */
export function groupPlace(workspaceId: string): string {
  const [, , subscription = "", , group = ""] = workspaceId.split("/");
  return `${group} (${subscription.slice(0, 8)})`;
}
