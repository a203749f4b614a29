import * as authorization from "@pulumi/azure-native/authorization";
import * as pulumi from "@pulumi/pulumi";
import { lockOwnerName } from "../checks/names";

const SUFFIX = "-lock";
const NOTES = "Set by azure-daemon-access. While it stays, nothing at or below this resource can be deleted.";

/** What a component may be called that has a lock. */
export const deleteLockOwner = lockOwnerName(SUFFIX);

/**
 * Declares a lock that keeps a resource, and all that lies below it, from being deleted by anyone. It waits for what
 * else the component declares below the resource, so that it goes first when the stack goes.
 */
export function declareDeleteLock(
  name: string,
  scope: pulumi.Input<string>,
  after: readonly pulumi.Resource[],
  opts: pulumi.CustomResourceOptions,
): authorization.ManagementLockByScope {
  return new authorization.ManagementLockByScope(
    `${name}${SUFFIX}`,
    { scope, lockName: `${name}${SUFFIX}`, level: authorization.LockLevel.CanNotDelete, notes: NOTES },
    // A component that is renamed keeps its lock, and the lock its name.
    pulumi.mergeOptions(opts, { dependsOn: [...after], ignoreChanges: ["lockName"] }),
  );
}
