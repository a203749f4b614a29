import * as machinelearningservices from "@pulumi/azure-native/machinelearningservices";
import * as pulumi from "@pulumi/pulumi";
import { subscriptionId } from "../access/deployer";
import { inSubscription } from "../access/ownSubscription";
import { assignRole } from "../access/roleAssignment";
import { definitionId, linkedRoles } from "../access/roles";
import type { Problems } from "../checks/argumentError";
import { containerRegistryId, storageAccountId, subscriptionOf, vaultId } from "../checks/identifiers";
import { firstRepeated, oneOf } from "../checks/oneOf";
import type { Check, Refusal, Tell } from "../checks/refusal";
import { jobOf, workspaceJob, workspaceJobs } from "./jobs";

/** The resources that a workspace is linked to, and the daemon's roles on them: those that its job needs. */
export interface LinkedResourcesArgs {
  /** Resource ID of the workspace's storage account. */
  readonly storageAccountId?: pulumi.Input<string>;
  /** Resource ID of the workspace's container registry. */
  readonly containerRegistryId?: pulumi.Input<string>;
  /** Resource ID of the workspace's vault. */
  readonly vaultId?: pulumi.Input<string>;
  /**
   * Which of these are looked up in the workspace when the program runs: storageAccount, containerRegistry, vault.
   * @default none
   */
  readonly lookUp?: string[];
  /**
   * The job whose roles are given: read, train or deploy. Needed beside a role.
   * @default the daemon's job
   */
  readonly job?: string;
}

interface Kind {
  readonly input: "storageAccountId" | "containerRegistryId" | "vaultId";
  readonly check: Check;
  /** The property of the workspace that names it. */
  readonly property: "storageAccount" | "containerRegistry" | "keyVault";
}

const kinds = {
  storageAccount: { input: "storageAccountId", check: storageAccountId, property: "storageAccount" },
  containerRegistry: { input: "containerRegistryId", check: containerRegistryId, property: "containerRegistry" },
  vault: { input: "vaultId", check: vaultId, property: "keyVault" },
} as const satisfies Readonly<Record<string, Kind>>;

type Options = pulumi.CustomResourceOptions & { readonly parent: pulumi.Resource };

type KindName = keyof typeof kinds;
const kindNames = Object.keys(kinds) as KindName[];

/** Jobs that go to what the workspace is linked to. */
const linkedJobs = workspaceJobs.filter((job) => Object.keys(jobOf(job).linked).length > 0);

/** Judges the linked resources, each by itself. */
export function checkLinkedResources(problems: Problems, prefix: string, args: LinkedResourcesArgs): void {
  for (const kind of kindNames) {
    const { input, check } = kinds[kind];
    problems.checkInput(`${prefix}${input}`, args[input], check);
  }
  problems.checkEach(`${prefix}lookUp`, args.lookUp, linkedKind);
}

/** Something that a workspace is linked to. */
export const linkedKind: Check = oneOf("what a workspace is linked to", Object.keys(kinds));

/** What is wrong with linked resources together, and with the job. */
export function linkedRelations(args: LinkedResourcesArgs, daemonsJob: string | undefined, tell: Tell): void {
  const { lookUp = [] } = args;
  const isGiven = (kind: KindName): boolean => args[kinds[kind].input] !== undefined;
  const asked = kindNames.filter((kind) => isGiven(kind) || lookUp.includes(kind));
  const repeated = firstRepeated(lookUp);
  if (repeated) tell(`lookUp[${repeated.index}]`, repeated.word, { needed: "each once", fix: "Remove it." });
  if (asked.length === 0 && lookUp.length === 0) {
    tell("lookUp", undefined, {
      needed: "a resource that the workspace is linked to, here or by its ID",
      fix: 'Write, for example, ["storageAccount"].',
    });
  }
  for (const kind of asked.filter((each) => isGiven(each) && lookUp.includes(each))) {
    tell("lookUp", kind, {
      needed: "a resource whose ID is not given too",
      fix: `Remove it, or ${kinds[kind].input}.`,
    });
  }
  jobRelations(args.job, daemonsJob, asked, tell);
}

function jobRelations(
  own: string | undefined,
  daemonsJob: string | undefined,
  asked: readonly KindName[],
  tell: Tell,
): void {
  const job = own ?? daemonsJob;
  // A daemon's job that nobody knows has been told by itself.
  if (own === undefined && daemonsJob !== undefined && workspaceJob(daemonsJob)) return;
  if (job === undefined || !linkedJobs.includes(job)) {
    const choices = linkedJobs.map((each) => `"${each}"`).join(", ");
    tell("job", job, {
      needed: `a job that goes to what the workspace is linked to: ${choices}`,
      fix: job === undefined ? 'Write, for example, "train".' : "Choose one of these, or remove linkedResources.",
    });
    return;
  }
  const { linked } = jobOf(job);
  for (const kind of asked.filter((each) => linked[each] === undefined)) {
    const needed = `nothing, because the job "${job}" doesn't go there`;
    tell(kinds[kind].input, kind, { needed, fix: "Remove it." });
  }
}

/** Declares the roles of checked arguments. */
export function declareLinkedRoles(
  name: string,
  prefix: string,
  args: LinkedResourcesArgs,
  daemonsJob: string | undefined,
  workspaceId: pulumi.Output<string>,
  principalId: pulumi.Input<string>,
  problems: Problems,
  opts: Options,
): void {
  const { linked } = jobOf(args.job ?? daemonsJob ?? "");
  const { lookUp = [] } = args;
  const found =
    lookUp.length === 0 ? undefined : lookUpWorkspace(ownWorkspace(problems, prefix, workspaceId, opts), opts);
  for (const kind of kindNames) {
    const { input, check } = kinds[kind];
    const given = args[input] ?? (found && lookUp.includes(kind) ? lookedUp(problems, prefix, kind, found) : undefined);
    const role = linkedRoles[linked[kind] ?? ""];
    if (given === undefined || role === undefined) continue;
    const scope = problems.idOnArrival(`${prefix}${input}`, given, check);
    assignRole(
      `${name}-machine-learning-${kind}`,
      {
        scope,
        roleDefinitionId: scope.apply((id) => definitionId(subscriptionOf(id) ?? "", role)),
        principalId,
        principalType: "ServicePrincipal",
      },
      opts,
    );
  }
}

type Links = Readonly<Partial<Record<Kind["property"], string>>>;

/** The ID that a workspace has of what it is linked to; fails where it has none. */
export function lookedUp(
  problems: Problems,
  prefix: string,
  kind: KindName,
  workspace: pulumi.Output<Links>,
): pulumi.Output<string> {
  return workspace.apply((links) => {
    const id = links[kinds[kind].property];
    if (id !== undefined) return id;
    const needed = "what the workspace is linked to";
    throw problems.late(`${prefix}lookUp`, kind, { needed, fix: "It has none; remove this." });
  });
}

/** A look-up asks the provider's own subscription, where another workspace may have the name. */
const ownWorkspace = (
  problems: Problems,
  prefix: string,
  workspaceId: pulumi.Output<string>,
  { parent }: Options,
): pulumi.Output<string> =>
  pulumi.all([workspaceId, subscriptionId(parent)]).apply(([id, subscription]) => {
    const refusal = lookUpRefusal(id, subscription);
    if (refusal) throw problems.late(`${prefix}lookUp`, id, refusal);
    return id;
  });

/** Why what a workspace is linked to is not looked up from a subscription; `undefined` where it can be. */
export const lookUpRefusal = (workspaceId: string, subscription: string): Refusal | undefined =>
  inSubscription(
    subscription,
    `Name the resources by their IDs: ${kindNames.map((kind) => kinds[kind].input).join(", ")}.`,
  )(workspaceId);

function lookUpWorkspace(workspaceId: pulumi.Output<string>, { parent }: Options): pulumi.Output<Links> {
  const part = (at: number) => workspaceId.apply((id) => id.split("/")[at] ?? "");
  return machinelearningservices.getWorkspaceOutput({ resourceGroupName: part(4), workspaceName: part(8) }, { parent });
}
