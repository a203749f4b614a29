/** What a command did. */
export interface Outcome {
  /** False where something that was to be done was not: the exit code, in a word. */
  readonly ok: boolean;
  /** For people, a line each. */
  readonly lines: readonly string[];
  /** What `--json` prints beside `version` and `ok`. Fields are only ever added within a version. */
  readonly document: Readonly<Record<string, unknown>>;
}

/** What a command may use while it works. */
export interface Shell {
  /** Prints a line of progress, on standard error. */
  readonly progress: (line: string) => void;
  /** From now on the value is never printed. */
  readonly hide: (secret: string | undefined) => void;
  readonly env: NodeJS.ProcessEnv;
}

/** A command's work. @throws UsageError for options that make no sense; anything else is told with its remedy */
export type Act<Options> = (options: Options, shell: Shell) => Promise<Outcome>;

/** A failure with what to do about it. */
export class CommandError extends Error {
  constructor(
    message: string,
    readonly remedy: string,
  ) {
    super(message);
  }
}
