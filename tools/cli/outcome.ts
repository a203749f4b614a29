import type { PreviewSource } from "../review/preview/source";
import type { Redactor } from "../secrets/redactor";

/** What a command did. */
export interface Outcome {
  /** False where something that was asked for failed or is missing: exit code 1. */
  readonly ok: boolean;
  /** The exit code where it is neither 0 nor 1. */
  readonly exitCode?: number;
  /** For people. A table is one of them, with its own ends of lines. */
  readonly lines: readonly string[];
  /** What `--json` prints, after `version` and `ok`. Fields are only ever added within a version. */
  readonly document: Readonly<Record<string, unknown>>;
}

/** What a command may use while it works. */
export interface Shell {
  /** Prints a line of progress, on standard error. */
  readonly progress: (line: string) => void;
  /** Learns every secret, which is then never printed. */
  readonly redactor: Redactor;
  readonly env: NodeJS.ProcessEnv;
  /** Whether the text may be coloured. */
  readonly colors: boolean;
  /** Columns of the terminal; infinite where there is none, so that nothing is wrapped on a pipe. */
  readonly width: number;
  /** What review previews with, where it is not production. */
  readonly preview: PreviewSource | undefined;
}

/** Options that every command has. */
export interface SharedOptions {
  readonly json?: boolean;
  readonly verbose?: boolean;
  readonly cwd?: string;
  readonly local?: boolean;
  /** Seconds that one call to Azure may take. */
  readonly timeout: number;
}

/** A command's work. @throws UsageError for options that make no sense; anything else is told with its remedy */
export type Act<Options> = (options: Options & SharedOptions, shell: Shell) => Promise<Outcome>;
