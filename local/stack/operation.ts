import type { EngineEvent, Stack } from "@pulumi/pulumi/automation";
import { OperationLog, type Diagnostic, type LogListener, type OperationKind } from "../output/operationLog";
import type { OperationResult } from "../output/operationResult";
import type { CreationJournal } from "./creationJournal";
import { EngineFailure } from "./engineCommand";
import type { Policies } from "./policies";
import { isWholeState } from "./stateFile";
import { longestStillMs, Stillness, stillnessOf, stoppingMs } from "../../tools/program/stillness";
import type { WatchedProgram } from "./watchedProgram";
import { inOwnWords } from "../output/programErrors";

export interface OperationOptions {
  readonly listener: LogListener;
  readonly signal: AbortSignal;
  /** What became of the program. */
  readonly program: Pick<WatchedProgram, "errors" | "messages" | "lostEngine" | "giveUp">;
  readonly journal: CreationJournal;
  /** The stack's state file, without which the journal tells what was made. @default not looked at */
  readonly stateFile?: string;
  /** URNs of the resources whose creation failed without telling whether Azure has made them. */
  readonly openCreations: ReadonlySet<string>;
  /** How long the program or the engine may do nothing, in milliseconds. @default {@link longestStillMs} */
  readonly longestStill?: number;
  /** What judges a preview or an update; other operations run no program, so nothing is there to judge. */
  readonly policies: Policies;
}

/** Runs one operation and follows it by its events. Its failure is a result; only a fault of our own throws. */
export async function runOperation(
  stack: Stack,
  kind: OperationKind,
  options: OperationOptions,
): Promise<OperationResult> {
  const started = performance.now();
  const log = new OperationLog(options.listener);
  const { journal } = options;
  const hear = (event: EngineEvent): void => {
    if (kind === "up") {
      journal.hear(event);
    }
    log.hear(event);
    stillness.hear(event);
  };
  const { longestStill = longestStillMs } = options;
  let still: string | undefined;
  const onStill = (urns: readonly string[]): void => {
    still = stillnessOf(kind, longestStill, urns);
    options.program.giveUp(new Error(still), Math.min(stoppingMs, longestStill));
  };
  const stillness = new Stillness(onStill, longestStill, kind !== "preview");
  const failure = await start(stack, kind, hear, options).finally(() => {
    stillness.end();
  });
  const { stateFile } = options;
  if (!options.signal.aborted && (stateFile === undefined || isWholeState(stateFile))) {
    // After an interrupt, or where the state was cut off, the next run makes sure of every creation.
    journal.keepOnly(options.openCreations);
  }
  // An engine that was done before it could be told of a rejection has ended well, and the run has not.
  const failed = failure !== undefined || (options.program.errors.length > 0 && !options.program.lostEngine);
  return {
    kind,
    ok: !failed,
    interrupted: options.signal.aborted,
    steps: log.steps,
    errors: !failed
      ? []
      : errorsOf(log, failure, options.program, still).filter((error) => !isCancelled(error, options.signal)),
    warnings: log.diagnostics.filter(({ severity }) => severity === "warning"),
    notes: log.notes,
    // An interrupt leaves the rules over the whole stack with half of it to judge.
    violations: options.signal.aborted ? [] : log.violations,
    outputs: log.outputs,
    programError: options.program.errors[0],
    engineText: failure === undefined ? "" : `${failure.output.stdout}${failure.output.stderr}`,
    seconds: (performance.now() - started) / 1000,
  };
}

async function start(
  stack: Stack,
  kind: OperationKind,
  onEvent: (event: EngineEvent) => void,
  { signal, policies }: OperationOptions,
): Promise<EngineFailure | undefined> {
  try {
    if (kind === "preview" || kind === "up") {
      const { packs, configs } = policies;
      await stack[kind]({ onEvent, signal, policyPacks: [...packs], policyPackConfigs: [...configs] });
    } else {
      await stack[kind]({ onEvent, signal });
    }
    return undefined;
  } catch (error) {
    if (error instanceof EngineFailure) {
      return error;
    }
    throw error;
  }
}

function errorsOf(
  log: OperationLog,
  failure: EngineFailure | undefined,
  program: OperationOptions["program"],
  still: string | undefined,
): Diagnostic[] {
  const told = log.diagnostics.filter(({ severity }) => severity === "error").map(inOwnWords);
  // An engine that had to be killed says nothing of that by itself.
  if (still !== undefined)
    return [{ severity: "error", message: still }, ...told.filter((each) => !isOfProgram(each, [still]))];
  if (failure !== undefined && failure.output.signal !== null) {
    return [failure.reason, ...program.messages.filter((message) => !isLostConnection(message))].map(
      (message): Diagnostic => ({ severity: "error", message }),
    );
  }
  const { messages } = program;
  // An engine that has closed the connection says why.
  if (messages.length > 0 && !(program.lostEngine && told.length > 0)) {
    const errors = messages.map((message): Diagnostic => ({ severity: "error", message }));
    return [...errors, ...told.filter((diagnostic) => !isOfProgram(diagnostic, messages))];
  }
  const stoppedByPolicy = log.violations.some(({ level }) => level === "mandatory");
  return told.length > 0 || stoppedByPolicy
    ? told
    : [{ severity: "error", message: failure?.reason ?? "The program failed without a reason." }];
}

/** What a program meets whose engine was killed: the cause is told before it. */
const isLostConnection = (message: string): boolean => /ECONNRE(?:SET|FUSED)|EPIPE|socket hang up/.test(message);

/** The engine repeats what the program threw, with the program's stack trace; and says that it was told to stop. */
const isOfProgram = ({ message }: Diagnostic, messages: readonly string[]): boolean =>
  message.startsWith("Unhandled exception:") ||
  /^(preview|update) cancell?ed/.test(message) ||
  messages.some((each) => message.includes(each.split("\n")[0] ?? ""));

/** After an interrupt these tell nothing that the user has not done. */
const isCancelled = ({ message }: Diagnostic, signal: AbortSignal): boolean =>
  signal.aborted && /cancell?ed/.test(message);
