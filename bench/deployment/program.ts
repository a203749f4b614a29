import { createRequire } from "node:module";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import type * as daemonAccess from "./daemonAccessProgram";
import type * as handWritten from "./handWrittenProgram";

const load = createRequire(__filename);

/**
 * The two programs that are compared. They declare the same Azure resources for the same number of daemons. Only the one that runs
 * is loaded: the components change what the Pulumi SDK notes of each resource.
 */
export const programs = {
  "hand-written": (daemons: number) => (load("./handWrittenProgram") as typeof handWritten).handWrittenProgram(daemons),
  DaemonAccess: (daemons: number) =>
    (load("./daemonAccessProgram") as typeof daemonAccess).daemonAccessProgram(daemons),
} as const satisfies Record<string, (daemons: number) => PulumiFn>;

export type ProgramName = keyof typeof programs;
