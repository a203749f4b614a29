import type { Credential, GraphAccess } from "../credential";
import type { Failure } from "../failure";
import { networkRemedy } from "./network";
import { isSignInFailure, signInRemedy } from "./signIn";

/** What to do where Graph refuses the daemon. */
export function graphRemedy(failure: Failure, credential: Credential, graph: GraphAccess): string {
  if (isSignInFailure(failure)) {
    return signInRemedy(failure, credential);
  }
  const permissions = graph.permissions.join(", ");
  if (failure.code === "Authorization_RequestDenied" || failure.code === "PermissionMissing") {
    return graph.consent === "grant"
      ? `The stack grants ${permissions}, and the token does not carry it: the grant was taken away. Run \`pulumi refresh\` and \`pulumi up\`, or have an administrator consent: ${graph.adminConsentUrl}`
      : `An administrator has yet to consent to ${permissions}: ${graph.adminConsentUrl}`;
  }
  return networkRemedy(
    failure,
    new URL(graph.endpoint).host,
    `Microsoft Graph refuses ${credential.daemon} for the reason above; its permissions are ${permissions}.`,
  );
}
