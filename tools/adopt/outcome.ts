/** What a command did. */
export interface Outcome {
  /** False where something that was asked for is missing: the exit code, in a word. */
  readonly ok: boolean;
  /** For people, a line each. */
  readonly lines: readonly string[];
  /** What `--json` prints beside `version` and `ok`. Fields are only ever added within a version. */
  readonly document: Readonly<Record<string, unknown>>;
}

/** A command's work. @throws UsageError for options that make no sense together */
export type Act<Options> = (options: Options) => Promise<Outcome>;
