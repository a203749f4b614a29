import { application, servicePrincipal } from "./resourceTypes";
import type { Stack, StackResource } from "./stack";

/**
 * What tells one application from another at preview, when IDs are pending: the resource that `applicationId` comes
 * from, or the ID as it is written.
 */
export function applicationKey(credential: StackResource): string | undefined {
  const declared = credential.sources("applicationId", application)[0];
  if (declared) return declared.urn;
  return credential.pending("applicationId") ? undefined : credential.text("applicationId");
}

export const declaredApplication = (stack: Stack, key: string): StackResource | undefined =>
  stack.resources(application).find(({ urn }) => urn === key);

/** The application behind a grant's principal, if this stack declares it. */
export function grantedApplication(grant: StackResource): StackResource | undefined {
  const principal = grant.sources("principalObjectId", servicePrincipal)[0];
  return principal?.sources("clientId", application)[0];
}
