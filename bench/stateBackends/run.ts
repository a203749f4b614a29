/** An update to be measured, or to be cut off. */
export interface Run {
  /** Name of a {@link Variant}. */
  readonly variant: string;
  readonly daemons: number;
  /** Kills the engine in the middle. @default false */
  readonly isKilled?: boolean;
}

/** What an update cost, and what the state then knows. */
export interface RunResult {
  /** Wall time in milliseconds. */
  readonly wall: number;
  /** User and system time in milliseconds: driver, engine, providers and local Azure together. */
  readonly cpu: number;
  /** Requests to the storage account; 0 for a directory. */
  readonly requests: number;
  /** Written to the disk by the engine, or sent to the storage account. */
  readonly bytesWritten: number;
  readonly known: Known;
}

/** Which of the resources that the run has made in Azure the state knows. */
export interface Known {
  readonly inState: number;
  /** Those that the state has as an unfinished operation alone. */
  readonly pending: number;
  readonly unknown: number;
}
