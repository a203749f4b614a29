import { daemonAccess } from "./daemonAccess";
import { installedLocalAzure } from "./localCloud";

/** Runs the command line of this process, and sets its exit code. */
export async function main(argv: readonly string[]): Promise<void> {
  process.exitCode = await daemonAccess(argv, {
    env: process.env,
    localCloud: installedLocalAzure,
    print: {
      out: (text) => void process.stdout.write(text),
      err: (text) => void process.stderr.write(text),
    },
  });
}
