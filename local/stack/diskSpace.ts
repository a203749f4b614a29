import { statfsSync } from "node:fs";
import { UserError } from "../userError";

/** What a run may write: the engine keeps up to four copies of its state at a time, and one of 100 daemons is 3 MB. */
const neededMiB = 32;

/**
 * Refuses a run that could fill the disk: the engine cuts its state file off there, and its backup too.
 *
 * @param directory the state directory
 * @throws UserError where less space is left than a run may need
 */
export function checkDiskSpace(directory: string): void {
  const { bavail, bsize } = statfsSync(directory);
  const leftMiB = (bavail * bsize) / 2 ** 20;
  if (leftMiB < neededMiB) {
    throw new UserError(
      `${directory}: ${leftMiB.toFixed(1)} MiB are left on its disk, and a run needs ${neededMiB} MiB. Nothing was started. ` +
        "Free some space, or give LOCAL_AZURE_DIRECTORY a directory on another disk, and run the same command again.",
    );
  }
}
