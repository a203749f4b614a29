/** Thrown when another process has the state directory open. */
export class StoreInUseError extends Error {
  constructor(readonly directory: string) {
    super(`Another process is using the state in ${directory}.`);
    this.name = "StoreInUseError";
  }
}

/** Something of the state is lost: which file, what was in it, and what to do. */
export class StateDamagedError extends Error {
  constructor(
    /** The file that is damaged. */
    readonly file: string,
    /** What is wrong with it, in a clause: "it has 3 bytes instead of 32". */
    readonly damage: string,
    /** What that means, and what to do, in sentences. */
    readonly remedy: string,
  ) {
    super(`${file} is damaged: ${damage}. ${remedy}`);
    this.name = "StateDamagedError";
  }
}

/** A write that did not reach the disk, and every one after it until the store is opened again. */
export class StoreWriteError extends Error {
  constructor(
    readonly directory: string,
    cause: unknown,
  ) {
    super(`The store in ${directory} could not be written: ${whyOf(cause)}.`, { cause });
    this.name = "StoreWriteError";
  }
}

/** The store's files can't be opened or made, although nothing of them is known to be damaged. */
export class StoreUnusableError extends Error {
  constructor(
    readonly directory: string,
    cause: unknown,
  ) {
    super(
      `The store in ${directory} can't be opened: ${whyOf(cause)}. Check the permissions of ${directory} and the space ` +
        "left on its disk, and run the same command again.",
      { cause },
    );
    this.name = "StoreUnusableError";
  }
}

/** LevelDB's own words: "IO error: /tmp/state/store/000003.log: No space left on device". */
export const whyOf = (error: unknown): string => {
  const { message, cause } = error as { message?: string; cause?: { message?: string } };
  return (cause?.message ?? message ?? String(error)).replace(/^IO error: /, "");
};
