import * as pulumi from "@pulumi/pulumi";
import type { Problems } from "../checks/argumentError";
import { objectId, tenantId } from "../checks/identifiers";
import { type Refusal, write } from "../checks/refusal";
import type { FederatedTrustArgs, GitHubTrustArgs } from "./trustArgs";
import { DEFAULT_CLOUD, federationCloud } from "./clouds";
import { trustedToken, type TrustedToken } from "./trustedToken";
import { type TrustProblem, trustRelations } from "./trustRelations";
import * as values from "./trustValues";

/** Judges trusts, each by itself and all together. */
export function checkTrusts(problems: Problems, input: string, trusts: readonly FederatedTrustArgs[]): void {
  if (trusts.length === 0) {
    problems.refuse(input, undefined, { needed: "one trust or more", fix: write("gitHub, with a repository") });
  }
  trusts.forEach((trust, index) => {
    checkTrust(problems, `${input}[${index}]`, trust);
  });
  const relations = trustRelations(trusts);
  const repeated = relations.length > 0 ? [] : repeatedWorkloads(input, trusts);
  for (const { path, given, refusal } of [...relations, ...repeated]) {
    problems.refuse(`${input}${path}`, given, refusal);
  }
}

function checkTrust(problems: Problems, at: string, trust: FederatedTrustArgs): void {
  const { gitHub, azureDevOps, kubernetes, managedIdentity, custom } = trust;
  problems.check(`${at}.name`, trust.name, values.trustName);
  problems.checkOptional(`${at}.formerName`, trust.formerName, values.trustName);
  problems.checkOptional(`${at}.description`, trust.description, values.description);
  if (gitHub) checkGitHub(problems, `${at}.gitHub`, gitHub);
  if (azureDevOps) {
    const { organizationId, serviceConnectionId, serviceConnection, tenantId: tenant } = azureDevOps;
    problems.check(`${at}.azureDevOps.organizationId`, organizationId, values.organizationId);
    problems.checkOptional(`${at}.azureDevOps.serviceConnectionId`, serviceConnectionId, values.serviceConnectionId);
    problems.checkOptional(`${at}.azureDevOps.serviceConnection`, serviceConnection, values.serviceConnection);
    problems.checkOptional(`${at}.azureDevOps.tenantId`, tenant, tenantId);
  }
  if (kubernetes) {
    problems.checkInput(`${at}.kubernetes.issuer`, kubernetes.issuer, values.issuer);
    problems.check(`${at}.kubernetes.namespace`, kubernetes.namespace, values.namespace);
    problems.check(`${at}.kubernetes.serviceAccount`, kubernetes.serviceAccount, values.serviceAccount);
  }
  if (managedIdentity) {
    problems.checkInput(`${at}.managedIdentity.principalId`, managedIdentity.principalId, objectId);
    problems.checkInput(`${at}.managedIdentity.tenantId`, managedIdentity.tenantId, tenantId);
  }
  if (custom) {
    problems.checkInput(`${at}.custom.issuer`, custom.issuer, values.issuer);
    problems.checkInput(`${at}.custom.subject`, custom.subject, values.subject);
    problems.checkOptional(`${at}.custom.audience`, custom.audience, values.audience);
  }
}

function checkGitHub(problems: Problems, at: string, gitHub: GitHubTrustArgs): void {
  problems.check(`${at}.repository`, gitHub.repository, values.gitHubRepository);
  problems.checkOptional(`${at}.branch`, gitHub.branch, values.gitHubBranch);
  problems.checkOptional(`${at}.tag`, gitHub.tag, values.gitHubTag);
  problems.checkOptional(`${at}.environment`, gitHub.environment, values.gitHubEnvironment);
  problems.checkOptional(`${at}.pullRequest`, gitHub.pullRequest, values.pullRequest);
  problems.checkOptional(`${at}.ownerId`, gitHub.ownerId, values.gitHubId);
  problems.checkOptional(`${at}.repositoryId`, gitHub.repositoryId, values.gitHubId);
  problems.checkOptional(`${at}.issuer`, gitHub.issuer, values.issuer);
}

/**
 * Tells which trusts are of one workload, as far as that is known before anything is deployed. Microsoft Entra ID refuses a
 * second credential of the same issuer and subject, and would do so in mid-deployment.
 *
 * @param trusts whose parts are right
 */
export function repeatedWorkloads(input: string, trusts: readonly FederatedTrustArgs[]): TrustProblem[] {
  const tokens = trusts.map((trust) => trustedToken(trust, federationCloud(DEFAULT_CLOUD), () => "the deployer's"));
  return tokens.flatMap(({ issuer, subject }, index) => {
    if (typeof issuer !== "string" || typeof subject !== "string") return [];
    const first = tokens.findIndex((other) => other.issuer === issuer && other.subject === subject);
    if (first === index) return [];
    return [{ path: `[${index}]`, given: trusts[index]?.name, refusal: alike(`${input}[${first}]`) }];
  });
}

/** The tokens with what was pending judged once it is known. What was plain stays so, and shows in a preview. */
export function settledTokens(problems: Problems, input: string, tokens: readonly TrustedToken[]): TrustedToken[] {
  return tokens.map((token, index) => {
    const { issuer, subject, audience } = token;
    if (typeof issuer === "string" && typeof subject === "string") return token;
    const at = `${input}[${index}]`;
    const known = problems.onArrival(at, issuer, values.issuer);
    const earlier = pulumi.all(tokens.slice(0, index).map((each) => pulumi.all([each.issuer, each.subject])));
    const distinct = pulumi.all([known, earlier]).apply(([own, others]) =>
      problems.onArrival(at, subject, (arrived) => {
        const first = others.findIndex(([one, other]) => one === own && other === arrived);
        return values.subject(arrived) ?? (first === -1 ? undefined : alike(`${input}[${first}]`));
      }),
    );
    return { issuer: known, subject: distinct, audience };
  });
}

const alike = (first: string): Refusal => ({
  needed: "another issuer or subject than every other trust of this identity",
  fix: `${first} trusts the same workload; remove one of them.`,
});
