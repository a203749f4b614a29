import { copyFileSync, existsSync, mkdirSync, renameSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { isWholeState, readStackState } from "./stateFile";

/**
 * The stack's state as it was before the last run that could change it. On a full disk the engine cuts its state file off,
 * and its own backup too.
 */
export class StateCopy {
  private readonly copy: string;

  /** @param directory of the copies of all stacks */
  constructor(
    private readonly stateFile: string,
    private readonly directory: string,
  ) {
    this.copy = join(directory, `${basename(dirname(stateFile))}.${basename(stateFile)}`);
  }

  /** A run begins. @throws Error of the operating system where the disk is full */
  take(): void {
    if (!existsSync(this.stateFile)) return;
    mkdirSync(this.directory, { recursive: true, mode: 0o700 });
    const staging = `${this.copy}.new`;
    copyFileSync(this.stateFile, staging);
    renameSync(staging, this.copy);
  }

  /**
   * Puts the copy in the place of a state file that is cut off. What the run made since is found by the journal of its
   * creations; what it deleted or updated, the next run does again. A copy without resources is of no use: the journal needs
   * the providers in it.
   *
   * @param tell hears one line where it did
   */
  restore(tell: (line: string) => void): void {
    if (isWholeState(this.stateFile) || !existsSync(this.copy) || !hasResources(this.copy)) return;
    copyFileSync(this.copy, `${this.stateFile}.new`);
    renameSync(`${this.stateFile}.new`, this.stateFile);
    tell(`${this.stateFile} was cut off: restored from before the last run.`);
  }
}

const hasResources = (file: string): boolean => isWholeState(file) && readStackState(file).urns.size > 0;
