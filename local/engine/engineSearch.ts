/** An engine that runs. */
export interface Engine {
  /** Absolute path of the `pulumi` executable. */
  readonly command: string;
  /** For example "3.225.0". */
  readonly version: string;
}

/** Where the engine is looked for, and who hears about it. */
export interface EngineSearch {
  /** PATH, HOME, and what Go and npm need to reach their registries. */
  readonly env: NodeJS.ProcessEnv;
  /** The home directory: the engine is kept in `.pulumi/versions/<version>` there. */
  readonly home: string;
  /** Remembers which executables have shown their version. */
  readonly memoryFile: string;
  /** Hears a line for each step. */
  readonly progress: (line: string) => void;
  /** Address of the installation script that the Automation API downloads. */
  readonly downloadProbe: string;
}

/** One way to an engine: the engine, or why this way leads to none. */
export type Attempt = { readonly engine: Engine } | { readonly reason: string };
