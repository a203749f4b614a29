import { longestStillMs, Stillness, stillnessOf, stoppingMs } from "../program/stillness";
import { type EngineOutput, EngineProcess, type EngineStart } from "./engineProcess";
import { EventLog, eventLogVariables } from "./eventLog";

/** How long a pulumi command may stand still. */
export interface Bounds {
  /** How long it may tell nothing while no resource is being worked on, in milliseconds. @default {@link longestStillMs} */
  readonly longestStill?: number;
  /** How long it may take to stop after that, in milliseconds, before it is killed. @default {@link stoppingMs} */
  readonly patience?: number;
}

/** How a pulumi command ended. */
export interface BoundedOutput extends EngineOutput {
  /** Why it was ended from here; absent where it ended by itself. */
  readonly still?: string;
}

/** Commands that write their events. */
const operations: ReadonlySet<string> = new Set(["preview", "up", "refresh", "destroy"]);

/**
 * Starts the pulumi command of PATH, and ends it where it stands still: {@link Stillness}. One that writes no events, such as
 * `pulumi stack export`, stands still where it prints nothing.
 */
export function startBounded(
  args: readonly string[],
  { env, onOutput, onError, ...start }: EngineStart,
  { longestStill = longestStillMs, patience = stoppingMs }: Bounds = {},
): { readonly engine: EngineProcess; readonly ended: Promise<BoundedOutput> } {
  const command = nameOf(args);
  let still: string | undefined;
  const onStill = (urns: readonly string[]): void => {
    still = stillnessOf(command, longestStill, urns);
    engine.giveUp(patience);
  };
  const stillness = new Stillness(onStill, longestStill, command !== "preview");
  const log = operations.has(command) ? new EventLog(stillness.hear) : undefined;
  const stirring = (listener: EngineStart["onOutput"]) => (text: string) => {
    stillness.stir();
    listener?.(text);
  };
  const engine = new EngineProcess("pulumi", [...args, ...(log?.arguments ?? [])], {
    ...start,
    env: { ...env, ...(log && eventLogVariables) },
    onOutput: stirring(onOutput),
    onError: stirring(onError),
  });
  const ended = engine.ended
    .then((output) => ({ ...output, ...(still !== undefined && { still }) }))
    .finally(() => {
      stillness.end();
      log?.close();
    });
  return { engine, ended };
}

/** A command without its options: "stack export". */
export function nameOf(args: readonly string[]): string {
  const firstOption = args.findIndex((arg) => arg.startsWith("-"));
  return args.slice(0, firstOption === -1 ? args.length : firstOption).join(" ");
}
