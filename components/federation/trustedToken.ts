import * as pulumi from "@pulumi/pulumi";
import { oneSpelling, spelled } from "../checks/spelling";
import { type FederationCloud } from "./clouds";
import type { AzureDevOpsTrustArgs, FederatedTrustArgs, GitHubTrustArgs } from "./trustArgs";

export const GITHUB_ISSUER = "https://token.actions.githubusercontent.com";
const AZURE_DEVOPS_ISSUER = "https://vstoken.dev.azure.com";
/** The application that Azure DevOps is in every tenant. */
const AZURE_DEVOPS_CLIENT_ID = "499b84ac-1321-427f-aa17-267ca6975798";

/** The token that a workload brings, as far as it must match. */
export interface TrustedToken {
  readonly issuer: pulumi.Input<string>;
  readonly subject: pulumi.Input<string>;
  readonly audience: string;
}

/**
 * The token of a checked trust.
 *
 * @param tenant gives the tenant that stands where the trust names none; asked only then
 */
export function trustedToken(
  trust: FederatedTrustArgs,
  cloud: FederationCloud,
  tenant: () => pulumi.Input<string>,
): TrustedToken {
  const { gitHub, azureDevOps, kubernetes, managedIdentity, custom } = trust;
  const { audience } = cloud;
  if (gitHub) return { issuer: gitHub.issuer ?? GITHUB_ISSUER, subject: gitHubSubject(gitHub), audience };
  if (azureDevOps) return { ...azureDevOpsToken(azureDevOps, cloud, tenant), audience };
  if (kubernetes) {
    const { issuer, namespace, serviceAccount } = kubernetes;
    return { issuer, subject: `system:serviceaccount:${namespace}:${serviceAccount}`, audience };
  }
  if (managedIdentity) {
    const { principalId, tenantId = tenant() } = managedIdentity;
    // A token has its IDs in lowercase letters, and Microsoft Entra ID compares letter by letter.
    return { issuer: inTenant(cloud, tenantId), subject: spelled(principalId), audience };
  }
  if (custom) return { issuer: custom.issuer, subject: custom.subject, audience: custom.audience ?? audience };
  throw new RangeError("The trust names no workload: the arguments were not checked.");
}

/** What GitHub puts into a workflow's token, unless the repository's owner has changed its template. */
function gitHubSubject({ repository, ownerId, repositoryId, ...args }: GitHubTrustArgs): string {
  const { branch, tag, environment } = args;
  const [owner = "", name = ""] = repository.split("/");
  const numbered = (text: string, id: number | undefined): string => (id === undefined ? text : `${text}@${id}`);
  const start = `repo:${numbered(owner, ownerId)}/${numbered(name, repositoryId)}`;
  if (branch !== undefined) return `${start}:ref:refs/heads/${branch}`;
  if (tag !== undefined) return `${start}:ref:refs/tags/${tag}`;
  // A colon would end the claim, so GitHub encodes it.
  if (environment !== undefined) return `${start}:environment:${environment.replaceAll(":", "%3A")}`;
  return `${start}:pull_request`;
}

function azureDevOpsToken(
  { organizationId: organization, serviceConnectionId, serviceConnection, tenantId }: AzureDevOpsTrustArgs,
  cloud: FederationCloud,
  tenant: () => pulumi.Input<string>,
): Pick<TrustedToken, "issuer" | "subject"> {
  const organizationId = oneSpelling(organization);
  if (serviceConnection !== undefined) {
    return { issuer: `${AZURE_DEVOPS_ISSUER}/${organizationId}`, subject: `sc://${serviceConnection}` };
  }
  const subjectIn = (id: string): string => {
    const where = `/eid1/c/${cloud.subjectName}/t/${encodedGuid(id)}/a/${encodedGuid(AZURE_DEVOPS_CLIENT_ID)}`;
    return `${where}/sc/${organizationId}/${oneSpelling(serviceConnectionId ?? "")}`;
  };
  const own = tenantId ?? tenant();
  return { issuer: inTenant(cloud, own), subject: ofText(own, subjectIn) };
}

const inTenant = ({ signIn }: FederationCloud, tenantId: pulumi.Input<string>): pulumi.Input<string> =>
  ofText(tenantId, (id) => `${signIn}/${oneSpelling(id)}/v2.0`);

/** What is plain stays plain, and shows in a preview. */
const ofText = (text: pulumi.Input<string>, change: (text: string) => string): pulumi.Input<string> =>
  typeof text === "string" ? change(text) : pulumi.output(text).apply(change);

/** A GUID as Microsoft Entra ID writes it into a subject: its sixteen bytes in .NET's order, base64url. */
function encodedGuid(guid: string): string {
  const [first = "", second = "", third = "", ...rest] = guid.split("-");
  const reversed = (hex: string): Buffer => Buffer.from(hex, "hex").reverse();
  const bytes = [reversed(first), reversed(second), reversed(third), Buffer.from(rest.join(""), "hex")];
  return Buffer.concat(bytes).toString("base64url");
}
