import type { EngineEvent, Stack } from "@pulumi/pulumi/automation";
import {
  OperationLog,
  type Diagnostic,
  type LogListener,
  type OperationKind,
  type ResourceStep,
} from "../output/operationLog";
import type { Violation } from "../output/violations";
import type { CreationJournal } from "./creationJournal";
import { EngineFailure } from "./engineCommand";
import type { Policies } from "./policies";

/** How an operation of the engine went. */
export interface OperationResult {
  readonly kind: OperationKind;
  readonly ok: boolean;
  readonly interrupted: boolean;
  readonly steps: readonly ResourceStep[];
  /** Errors first told by the service or the program, without the engine's own framing. */
  readonly errors: readonly Diagnostic[];
  readonly warnings: readonly Diagnostic[];
  /** What the program tells of the whole stack. */
  readonly notes: readonly string[];
  /** What the policies found. A mandatory one made the operation fail. */
  readonly violations: readonly Violation[];
  /** The stack's outputs; undefined where the operation did not get that far. Secrets are masked. */
  readonly outputs: Readonly<Record<string, unknown>> | undefined;
  /** What the program threw, if it did. */
  readonly programError: unknown;
  /** What the engine printed; for --verbose. */
  readonly engineText: string;
  readonly seconds: number;
}

export interface OperationOptions {
  readonly listener: LogListener;
  readonly signal: AbortSignal;
  /** What the program threw in this operation, if it did. */
  readonly programError: () => unknown;
  readonly journal: CreationJournal;
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
  };
  const failure = await start(stack, kind, hear, options);
  if (!options.signal.aborted) {
    // The engine's state says how each creation ended. After an interrupt the next run makes sure of it.
    journal.empty();
  }
  const programError = options.programError();
  return {
    kind,
    ok: failure === undefined,
    interrupted: options.signal.aborted,
    steps: log.steps,
    errors:
      failure === undefined
        ? []
        : errorsOf(log, failure, programError).filter((error) => !isCancelled(error, options.signal)),
    warnings: log.diagnostics.filter(({ severity }) => severity === "warning"),
    notes: log.notes,
    // An interrupt leaves the rules over the whole stack with half of it to judge.
    violations: options.signal.aborted ? [] : log.violations,
    outputs: log.outputs,
    programError,
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

function errorsOf(log: OperationLog, failure: EngineFailure, programError: unknown): Diagnostic[] {
  const told = log.diagnostics.filter(({ severity }) => severity === "error");
  if (programError !== undefined) {
    const message = messageOf(programError);
    // The engine repeats what the program threw, with the program's stack trace.
    const others = told.filter((diagnostic) => !diagnostic.message.includes(message.split("\n")[0] ?? ""));
    return [{ severity: "error", message }, ...others];
  }
  const stoppedByPolicy = log.violations.some(({ level }) => level === "mandatory");
  return told.length > 0 || stoppedByPolicy ? told : [{ severity: "error", message: failure.reason }];
}

/** After an interrupt these tell nothing that the user has not done. */
const isCancelled = ({ message }: Diagnostic, signal: AbortSignal): boolean =>
  signal.aborted && /cancell?ed/.test(message);

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
