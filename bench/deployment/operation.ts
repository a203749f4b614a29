import type { CriticalPath } from "../latency/criticalPath";

/** What one operation of the engine cost, measured from the process that drives it. */
export interface OperationCost {
  /** Wall time in milliseconds. */
  readonly wall: number;
  /** User and system time in milliseconds: driver, engine, providers and local Azure together. */
  readonly cpu: number;
  /** Requests that reached local Azure. */
  readonly requests: number;
}

export const operations = ["preview", "up", "up, no change", "destroy"] as const;
export type Operation = (typeof operations)[number];

/** One life of a stack, from preview to destroy. */
export interface DeploymentCost {
  readonly operations: Readonly<Record<Operation, OperationCost>>;
  /** The first update's. */
  readonly criticalPath: CriticalPath;
  /** Resources in the state after up, the stack and its providers included. */
  readonly resources: number;
  /** Bytes of the state file after up. */
  readonly stateBytes: number;
  /** Most memory in bytes that the driver and the engine held, each at its own peak. */
  readonly peakMemory: number;
}
