import type { PulumiFn } from "@pulumi/pulumi/automation";
import { daemonAccessProgram } from "./daemonAccessProgram";
import { handWrittenProgram } from "./handWrittenProgram";

/** The two programs that are compared. They declare the same Azure resources for the same number of daemons. */
export const programs = {
  "hand-written": handWrittenProgram,
  DaemonAccess: daemonAccessProgram,
} as const satisfies Record<string, (daemons: number) => PulumiFn>;

export type ProgramName = keyof typeof programs;
