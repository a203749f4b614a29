import type { PlannedStack } from "../plan/plan";

/** Where the operator finds the program and the state. */
export interface Source {
  /** Address of the git repository. */
  readonly repository: string;
  readonly branch: string;
  /** Directory with Pulumi.yaml in the repository. @default its root */
  readonly directory?: string;
  /** URL of the state backend. @default Pulumi Cloud */
  readonly backend?: string;
  /** Organization in Pulumi Cloud. @default none, as on a self-managed backend */
  readonly organization?: string;
}

/** A day: a rotation is due without a commit. */
const RESYNC_SECONDS = 86_400;

/** Where a pod with a workload identity of Azure finds its token. */
const TOKEN_FILE = "/var/run/secrets/azure/tokens/azure-identity-token";

/** A name as Kubernetes takes it: lowercase letters, digits and hyphens. */
export const resourceName = (stack: string): string =>
  stack
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");

/**
 * A Stack of the Pulumi Kubernetes Operator. It waits for its platform, runs on each commit and once a day, and acts as the service
 * account of its own, so that each team's deployer has that team's rights alone.
 */
export function stackResource({ stack, platform }: PlannedStack, source: Source): object {
  const { repository, branch, directory, backend, organization } = source;
  const name = resourceName(stack);
  const literal = (value: string) => ({ type: "Literal", literal: { value } });
  return {
    apiVersion: "pulumi.com/v1",
    kind: "Stack",
    metadata: { name },
    spec: {
      stack: organization === undefined ? stack : `${organization}/${stack}`,
      projectRepo: repository,
      branch,
      ...(directory !== undefined && { repoDir: directory }),
      ...(backend !== undefined && { backend }),
      serviceAccountName: `${name}-deployer`,
      envRefs: {
        ARM_USE_OIDC: literal("true"),
        ARM_OIDC_TOKEN_FILE_PATH: literal(TOKEN_FILE),
        ARM_CLIENT_ID: { type: "Secret", secret: { name: `${name}-deployer`, key: "clientId" } },
      },
      ...(platform !== undefined && { prerequisites: [{ name: resourceName(platform) }] }),
      continueResyncOnCommitMatch: true,
      resyncFrequencySeconds: RESYNC_SECONDS,
      destroyOnFinalize: false,
      workspaceTemplate: {
        spec: { podTemplate: { metadata: { labels: { "azure.workload.identity/use": "true" } } } },
      },
    },
  };
}
