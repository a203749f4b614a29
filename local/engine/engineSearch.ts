import type { Checksums } from "./archive";

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
  /** Where the archives are published. */
  readonly archives: string;
  /** What the archives must be. */
  readonly checksums: Checksums;
}

/** One way to an engine: the engine, or why this way leads to none. */
export type Attempt = { readonly engine: Engine } | { readonly reason: string };
