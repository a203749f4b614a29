import type { Connection } from "../../../../local/environment";
import type { Client } from "../catalogue";

/** How a program is started. */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
}

/** A client's own environment, with its pinned packages and nothing else. */
export interface Environment {
  /** The packages of the row, each with the version that is installed. */
  readonly versions: readonly string[];
  /**
   * The start of a program in it.
   * @param program another program of the client's directory than its own
   * @param scratch a directory for what only this start needs
   */
  launch(connection: Connection, scratch: string, program?: string): Promise<Launch>;
}

/** The machine has no such language. */
export interface Missing {
  readonly missing: string;
}

export const isMissing = (made: Environment | Missing): made is Missing => "missing" in made;

/** What making an environment needs. */
export interface Workshop {
  /** Where environments are kept between runs. */
  readonly cache: string;
  /** Directory of examples/clients. */
  readonly programs: string;
  /** The environment of the user: the way to the package indexes may lead through its variables. */
  readonly machine: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** Makes or finds the environment of a client. @throws UserError where its packages can't be installed */
export type MakeEnvironment = (client: Client, workshop: Workshop) => Promise<Environment | Missing>;
