import { type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { cpuTime, cpuTimeOf } from "../deployment/processCost";
import { killFamily } from "../../tools/engine/processFamily";
import { changeOneTeam, type Layout, layOutProject } from "./estateProject";
import { MemoryWatch } from "./processTree";
import { ServedAzure } from "./servedAzure";
import { StateWrites } from "./stateWrites";

/** The commands that are measured, in their order. */
export const operations = {
  up: ["up", "--create"],
  "up, no change": ["up"],
  "up --changed-since, one team changed": ["up", "--changed-since", "HEAD"],
} as const;
export type Operation = keyof typeof operations;

/** The system gives no process a variable of more than 128 KiB, and a program's configuration is one. */
export type End = "done" | "cut off" | "configuration too large";

/** What one command cost. */
export interface EstateCost {
  readonly operation: Operation;
  /** Milliseconds. */
  readonly wall: number;
  /** User and system time in milliseconds of all processes. */
  readonly cpu: number;
  /** The most memory in bytes that all processes held at one moment. */
  readonly memory: number;
  readonly requests: number;
  /** Bytes of state that the engines wrote. */
  readonly stateBytes: number;
  /** Whether it came to its end; "cut off" where it took longer than allowed. */
  readonly end: End;
}

export interface EstateRun {
  readonly layout: Layout;
  readonly daemons: number;
  readonly perTeam: number;
  readonly operations: readonly Operation[];
  /** Milliseconds that a command may take. */
  readonly longest: number;
  /** Directory for what the run writes. */
  readonly directory: string;
  /** Directory for the commands' temporary files, which may be shared with other runs. */
  readonly temporary: string;
  /** Ends the run. */
  readonly signal: AbortSignal;
  readonly progress: (line: string) => void;
}

/** How long an interrupted command may take to end by itself, in milliseconds. */
const endingMs = 30_000;

/**
 * Deploys daemons into a local Azure of the run's own with `daemon-access estate`.
 *
 * @returns a cost for each command, up to the first that took longer than allowed or could not start
 * @throws where a command fails, or the signal has ended it
 */
export async function runEstate(run: EstateRun): Promise<EstateCost[]> {
  const { layout, daemons, perTeam, directory, temporary } = run;
  const project = join(directory, "project");
  layOutProject(project, layout, daemons, perTeam);
  const azure = await ServedAzure.start(join(directory, "azure"), temporary);
  const writes = new StateWrites(azure.backend, "azure-daemon-access");
  const memory = new MemoryWatch();
  try {
    const costs: EstateCost[] = [];
    for (const operation of run.operations) {
      if (operation === "up --changed-since, one team changed") changeOneTeam(project);
      run.progress(`${daemons} daemons, ${layout}: ${operation}`);
      const cost = await measured(operation, run, { azure, writes, memory, project });
      costs.push(cost);
      if (cost.end !== "done") break;
    }
    return costs;
  } finally {
    memory.close();
    writes.close();
    await azure.stop();
  }
}

interface Surroundings {
  readonly azure: ServedAzure;
  readonly writes: StateWrites;
  readonly memory: MemoryWatch;
  readonly project: string;
}

async function measured(
  operation: Operation,
  { longest, signal }: EstateRun,
  { azure, writes, memory, project }: Surroundings,
): Promise<EstateCost> {
  signal.throwIfAborted();
  memory.take();
  const requests = await azure.requests();
  // Local Azure still runs, so it is not among the processes that this one has waited for.
  const cpu = (): number => cpuTime() + cpuTimeOf(azure.pid);
  const before = { wall: performance.now(), cpu: cpu(), stateBytes: writes.bytes };
  const command = azure.daemonAccess(project, ["estate", ...operations[operation]]);
  const end = await endOf(command, operation, longest, signal);
  return {
    operation,
    wall: performance.now() - before.wall,
    cpu: cpu() - before.cpu,
    memory: memory.take(),
    requests: (await azure.requests()) - requests,
    stateBytes: writes.bytes - before.stateBytes,
    end,
  };
}

/** Waits until a command has ended. One that takes too long, or that the signal ends, is interrupted as a user would do it. */
async function endOf(command: ChildProcess, name: string, longest: number, signal: AbortSignal): Promise<End> {
  const tooLong = AbortSignal.timeout(longest);
  const ending = AbortSignal.any([signal, tooLong]);
  let killing: NodeJS.Timeout | undefined;
  const interrupt = (): void => {
    command.kill("SIGINT");
    killing = setTimeout(() => {
      if (command.pid !== undefined) killFamily(command.pid);
    }, endingMs);
  };
  ending.addEventListener("abort", interrupt, { once: true });
  try {
    const { stdout, stderr } = command;
    if (stdout === null || stderr === null) throw new Error("the command has no output");
    const [[code], output, errors] = await Promise.all([
      once(command, "close") as Promise<[code: number | null]>,
      text(stdout),
      text(stderr),
    ]);
    signal.throwIfAborted();
    if (tooLong.aborted) return "cut off";
    if (code === 0) return "done";
    if (`${errors}${output}`.includes("E2BIG")) return "configuration too large";
    throw new Error(`${name} failed:\n${errors}${output}`);
  } finally {
    clearTimeout(killing);
    ending.removeEventListener("abort", interrupt);
  }
}
