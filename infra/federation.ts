import { z } from "zod";
import { objectId, tenantId } from "../components/checks/identifiers";
import type { FederatedTrustArgs } from "../components/index";
import { repeatedWorkloads } from "../components/federation/trustChecks";
import { type LooseTrust, type TrustProblem, trustRelations } from "../components/federation/trustRelations";
import * as values from "../components/federation/trustValues";
import { flag, group, judgedBy, listOf, number, text } from "./settings";

/** Workloads that a daemon trusts, as the configuration has them. */
export const trusts = listOf(
  "workloads",
  group("a workload: its name, and one of gitHub, azureDevOps, kubernetes, managedIdentity and custom", {
    name: text(values.trustName),
    formerName: text(values.trustName).exactOptional(),
    description: text(values.description).exactOptional(),
    gitHub: group("workflows of GitHub", {
      repository: text(values.gitHubRepository),
      branch: text(values.gitHubBranch).exactOptional(),
      tag: text(values.gitHubTag).exactOptional(),
      environment: text(values.gitHubEnvironment).exactOptional(),
      pullRequest: flag().superRefine(judgedBy(values.pullRequest)).exactOptional(),
      ownerId: number(values.gitHubId).exactOptional(),
      repositoryId: number(values.gitHubId).exactOptional(),
      issuer: text(values.issuer).exactOptional(),
    }).exactOptional(),
    azureDevOps: group("a service connection of Azure DevOps", {
      organizationId: text(values.organizationId),
      serviceConnectionId: text(values.serviceConnectionId).exactOptional(),
      serviceConnection: text(values.serviceConnection).exactOptional(),
      tenantId: text(tenantId).exactOptional(),
    }).exactOptional(),
    kubernetes: group("a service account of Kubernetes", {
      issuer: text(values.issuer),
      namespace: text(values.namespace),
      serviceAccount: text(values.serviceAccount),
    }).exactOptional(),
    managedIdentity: group("a managed identity that signs in as the daemon", {
      principalId: text(objectId),
      tenantId: text(tenantId).exactOptional(),
    }).exactOptional(),
    custom: group("another issuer's token", {
      issuer: text(values.issuer),
      subject: text(values.subject),
      audience: text(values.audience).exactOptional(),
    }).exactOptional(),
  }),
);

/** What is wrong between trusts, of one or of several, whatever else is wrong with each. */
export function trustProblems(list: string, given: unknown): TrustProblem[] {
  if (!Array.isArray(given)) return [];
  const relations = trustRelations(given.map((trust) => loose.parse(trust)));
  const parsed = trusts.safeParse(given);
  return relations.length > 0 || !parsed.success
    ? relations
    : repeatedWorkloads(list, parsed.data satisfies FederatedTrustArgs[]);
}

const some = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);
const present = z.unknown().optional();

const loose: z.ZodType<LooseTrust> = z
  .object({
    name: present,
    formerName: present,
    gitHub: some(
      z.object({
        branch: present,
        tag: present,
        environment: present,
        pullRequest: present,
        ownerId: present,
        repositoryId: present,
      }),
    ),
    azureDevOps: some(z.object({ serviceConnectionId: present, serviceConnection: present })),
    kubernetes: present,
    managedIdentity: present,
    custom: present,
  })
  .transform((trust) => Object.fromEntries(Object.entries(trust).filter(([, value]) => value !== undefined)))
  .catch({});
