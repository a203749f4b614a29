import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { projectAbove } from "./stack/projectFile";
import { projectRoot } from "./stateDirectory";
import { exitCodes, UserError } from "./userError";

/**
 * The directory of the project that a command works on: the one that is named, or the nearest with Pulumi.yaml, from this
 * one upwards. Elsewhere it is this repository's, and of the published package the directory that the command runs in.
 *
 * @throws UserError where there is no such directory
 */
export function projectOf(cwd: string | undefined): string {
  if (cwd === undefined) {
    const here = process.cwd();
    return projectAbove(here) ?? (existsSync(join(projectRoot, "Pulumi.yaml")) ? projectRoot : here);
  }
  const directory = resolve(cwd);
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new UserError(`--cwd: there is no directory ${directory}.`, exitCodes.usage);
  }
  return directory;
}
