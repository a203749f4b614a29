import "../program/deferredSdk";
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

/**
 * Ends this process once all that it has printed is written. A library may still wait for an answer that was given up, such as
 * one on a sign-in: Node.js would wait with it.
 */
export async function end(): Promise<void> {
  await Promise.all([process.stdout, process.stderr].map(written));
  process.exit();
}

/** Waits until what a stream was given has left this process. One whose reader has gone takes nothing more. */
const written = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise((resolve) => {
    stream.write("", () => {
      resolve();
    });
  });
