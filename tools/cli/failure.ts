import { failureOf } from "../verify/failure";

/** Wrong arguments or settings: nothing was asked of anybody. Told in words, without a stack trace. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UsageError";
  }
}

/** A failure whose reason and remedy are known. */
export class CommandError extends Error {
  constructor(
    message: string,
    /** What to do about it, on a line of its own. */
    readonly remedy?: string,
  ) {
    super(message);
    this.name = "CommandError";
  }
}

/**
 * A failure in words: the reason, and the remedy where there is one.
 *
 * @param verbose whether an unexpected failure shows where it happened
 */
export function inWords(error: unknown, verbose: boolean): string {
  if (error instanceof UsageError) return error.message;
  if (error instanceof CommandError) {
    return error.remedy === undefined ? error.message : `${error.message}\n  remedy  ${error.remedy}`;
  }
  if (verbose && error instanceof Error) return error.stack ?? error.message;
  const { code, message, status } = failureOf(error);
  return `${status === undefined ? "" : `${status} `}${code}: ${message} (--verbose shows where)`;
}
