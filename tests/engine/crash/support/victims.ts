import { once } from "node:events";
import { cpSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CommandLine } from "../../../local/cli/commandLine";
import { HostedStack } from "../../support/hostedStack";
import { engineOf, RunningCommand } from "../../support/processes";

/** What kills a command's run at a step: the request with this number, counted from 1. */
export interface Kill {
  /** Closed state directory that it starts from a copy of. */
  readonly start: string;
  readonly args: readonly string[];
  readonly step: number;
}

/** A state that a kill has left, with local Azure at work on it. */
export interface Killed {
  readonly stack: HostedStack;
  /** False where the run had ended, or had no engine, before the step. */
  readonly isReached: boolean;
  /** What the killed command printed. */
  readonly printed: string;
}

/** What is killed, by kill -9. */
export const victims = {
  /** Its driver lives, and tells. */
  engine: (kill) => killedBeside(kill, (command) => process.kill(engineOf(command.pid), "SIGKILL")),
  /** The engine outlives it. */
  driver: (kill) => killedBeside(kill, (command) => command.child.kill("SIGKILL")),
  /** `serve`; the command lives, and tells. */
  localAzure: killedServe,
  /** A command that runs local Azure itself: one goes with the other. */
  both: killedAlone,
} as const satisfies Record<string, (kill: Kill) => Promise<Killed>>;

export type Victim = keyof typeof victims;

/** Local Azure is in this process, and lives. */
async function killedBeside({ start, args, step }: Kill, act: (command: RunningCommand) => unknown): Promise<Killed> {
  const stack = await HostedStack.open({ copyOf: start });
  const command = new RunningCommand(stack.cli, ...args);
  let requests = 0;
  let isReached = false;
  const stop = stack.local.azure.requests.listen(() => {
    requests += 1;
    if (requests !== step) return;
    try {
      act(command);
      isReached = true;
    } catch {
      // There was no engine at this step.
    }
  });
  const { stdout, stderr } = await command.ended;
  stop();
  return { stack, isReached, printed: stdout + stderr };
}

async function killedServe({ start, args, step }: Kill): Promise<Killed> {
  const cli = new CommandLine(copyOf(start));
  killAt(cli, step);
  const { child: serve } = await cli.serve();
  stopKilling(cli);
  const served = once(serve, "close") as Promise<[number | null, NodeJS.Signals | null]>;
  const { stdout, stderr } = await cli.run(...args);
  serve.kill("SIGTERM");
  const [, signal] = await served;
  return {
    stack: await HostedStack.open({ stateDirectory: cli.directory }),
    isReached: signal === "SIGKILL",
    printed: stdout + stderr,
  };
}

async function killedAlone({ start, args, step }: Kill): Promise<Killed> {
  const cli = new CommandLine(copyOf(start));
  killAt(cli, step);
  const { signal, stdout, stderr } = await new RunningCommand(cli, ...args).ended;
  const stack = await HostedStack.open({ stateDirectory: cli.directory });
  return { stack, isReached: signal === "SIGKILL", printed: stdout + stderr };
}

function copyOf(start: string): string {
  const directory = mkdtempSync(join(tmpdir(), "local-azure-"));
  cpSync(start, directory, { recursive: true });
  return directory;
}

function killAt({ variables }: CommandLine, step: number): void {
  variables["NODE_OPTIONS"] = `--require ${join(__dirname, "killAtRequest.cjs")}`;
  variables["KILL_AT_REQUEST"] = String(step);
}

const stopKilling = ({ variables }: CommandLine): void => {
  delete variables["NODE_OPTIONS"];
};
