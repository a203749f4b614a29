import type { Credential, GraphAccess } from "../credential";
import type { Failure } from "../failure";
import { consent as consentBy, refresh, up } from "./commands";
import { networkRemedy } from "./network";
import { isSignInFailure, signInRemedy } from "./signIn";

/** A host keeps a managed identity's token for a day, with the roles that it had when it was issued. */
const lostGrant = ({ managedIdentity }: Credential): string =>
  managedIdentity === undefined
    ? "the grant was removed"
    : "the grant was removed, or is younger than the token, which the host keeps for a day";

/** What to do where Graph refuses the daemon. */
export function graphRemedy(failure: Failure, credential: Credential, graph: GraphAccess): string {
  if (isSignInFailure(failure)) {
    return signInRemedy(failure, credential);
  }
  const permissions = graph.permissions.join(", ");
  if (failure.code === "Authorization_RequestDenied" || failure.code === "PermissionMissing") {
    const { adminConsentUrl, consent } = graph;
    if (consent === "grant") {
      const otherwise =
        adminConsentUrl === undefined
          ? ""
          : `, or have an administrator consent: ${consentBy(credential.daemon, adminConsentUrl)}`;
      return `The stack grants ${permissions}, and the token does not carry it: ${lostGrant(credential)}. Run ${refresh()} and ${up()}${otherwise}`;
    }
    return adminConsentUrl === undefined
      ? `Somebody has yet to assign ${permissions} to the managed identity ${credential.clientId}, as app roles of Microsoft Graph.`
      : `An administrator has yet to consent to ${permissions}: ${consentBy(credential.daemon, adminConsentUrl)}`;
  }
  return networkRemedy(
    failure,
    new URL(graph.endpoint).host,
    `Microsoft Graph refuses ${credential.daemon} for the reason above; its permissions are ${permissions}.`,
  );
}
