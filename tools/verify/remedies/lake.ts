import type { Credential, LakeAccess } from "../credential";
import type { Failure } from "../failure";
import { refresh, up } from "./commands";
import { networkRemedy } from "./network";
import { isSignInFailure, signInRemedy } from "./signIn";

/** What to do where the lake refuses the daemon. */
export function lakeRemedy(failure: Failure, credential: Credential, { url, fileSystem, role }: LakeAccess): string {
  if (isSignInFailure(failure)) {
    return signInRemedy(failure, credential);
  }
  const { host } = new URL(url);
  switch (failure.code) {
    case "AuthorizationPermissionMismatch":
      return `The application ${credential.clientId} lacks the role ${role} on the file system ${fileSystem} of ${host}, or got it minutes ago. Run ${refresh()} and ${up()}; a new role takes up to ten minutes.`;
    case "AuthorizationFailure":
      return `The firewall of ${host} does not let this machine in. Add it to lake.allowedIpRanges in the stack's configuration, or run verify where the daemon runs.`;
    case "FilesystemNotFound":
    case "ContainerNotFound":
      return `${host} has no file system ${fileSystem}: it was deleted. Run ${refresh()} and ${up()}.`;
    default:
      return networkRemedy(
        failure,
        host,
        `The lake refuses ${credential.daemon} for the reason above; its role is ${role}.`,
      );
  }
}
