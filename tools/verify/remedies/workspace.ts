import type { Credential, WorkspaceAccess } from "../credential";
import type { Failure } from "../failure";
import { refresh, up } from "./commands";
import { networkRemedy } from "./network";
import { isSignInFailure, signInRemedy } from "./signIn";

/** What to do where Azure Resource Manager keeps the workspace from the daemon. */
export function workspaceRemedy(
  failure: Failure,
  credential: Credential,
  { workspaceId, role, endpoint }: WorkspaceAccess,
): string {
  if (isSignInFailure(failure)) {
    return signInRemedy(failure, credential);
  }
  const scope = endpoint === undefined ? workspaceId : `${workspaceId}/onlineEndpoints/${endpoint}`;
  switch (failure.code) {
    case "AuthorizationFailed":
      return `The application ${credential.clientId} lacks the role ${role} on ${scope}, or got it minutes ago; or the workspace does not exist: without a role, Azure gives the same answer for both. Check the ID; run ${refresh()} and ${up()}; a new role takes up to ten minutes.`;
    case "ResourceNotFound":
    case "ResourceGroupNotFound":
    case "SubscriptionNotFound":
      return `There is no ${scope}. Correct ${endpoint === undefined ? "workspaceId" : "workspaceId or endpoint"} in the stack's configuration and run ${up()}.`;
    default:
      return networkRemedy(
        failure,
        "management.azure.com",
        `Azure Resource Manager refuses ${credential.daemon} for the reason above; its role is ${role}.`,
      );
  }
}
