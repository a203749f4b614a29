import { closeSync, constants, openSync, readFileSync, writeSync } from "node:fs";
import { StateDamagedError } from "./stateErrors";

/** Digits of the count, so that each one overwrites the one before it. */
const digits = 15;

/**
 * The number of writes that clients have been told of, in a file beside the store. LevelDB takes a log that ends too early for
 * one that a kill cut off; this file knows better.
 */
export class CommitLog {
  private descriptor: number | undefined;

  constructor(readonly file: string) {}

  /** Undefined where nobody has counted: in a new store, and in one whose owner deleted the file to go on with what is left. */
  read(): number | undefined {
    try {
      const text = readFileSync(this.file, "utf8");
      if (!/^\d{15}\n$/.test(text)) {
        throw new StateDamagedError(
          this.file,
          "it does not contain the number of writes",
          "It contained nothing else. Delete it, and run the same command again.",
        );
      }
      return Number(text);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") {
        return undefined;
      }
      throw error;
    }
  }

  /** Overwrites the count in place, in one write: a kill leaves the old one or the new one. */
  write(count: number): void {
    this.descriptor ??= openSync(this.file, constants.O_RDWR | constants.O_CREAT, 0o600);
    writeSync(this.descriptor, `${String(count).padStart(digits, "0")}\n`, 0);
  }

  close(): void {
    if (this.descriptor !== undefined) {
      closeSync(this.descriptor);
      this.descriptor = undefined;
    }
  }
}
