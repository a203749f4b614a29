import { printChanges, printDetails } from "../output/details";
import {
  operationDocument,
  refusesConfiguration,
  reportOperation,
  reportOutputs,
  type ReportOptions,
} from "../output/operationReport";
import type { OperationKind } from "../output/operationLog";
import type { OperationResult } from "../output/operationResult";
import { isOwnStack } from "../stack/projectFile";
import { withStack, type StackSession } from "../stack/stackSession";
import { exitCodes, type ExitCode } from "../userError";
import type { CommandContext } from "./command";
import { disableExpired } from "./disableExpired";

/** Runs one operation of the engine and tells what it did. */
export async function runEngineOperation(
  context: CommandContext,
  kind: OperationKind,
  diff: boolean,
): Promise<ExitCode> {
  const { console } = context;
  // What was right when it was made can be read and deleted when its dates have passed.
  const check = kind === "preview" || kind === "up";
  return await withStack({ ...context, command: kind, check }, async (session) => {
    const result = await session.run(kind);
    reportEngineOperation(context, result, diff);
    if (kind === "up") {
      await disableExpired(context, session.azure, result);
    }
    if (console.json) {
      console.document({ stack: context.stack, ...operationDocument(result, context) });
    }
    return exitCodeOf(result, session);
  });
}

/** Tells what an operation did, or would do. */
export function reportEngineOperation(context: CommandContext, result: OperationResult, diff: boolean): void {
  const { console } = context;
  if (diff) {
    printDetails(console, result.kind, result.steps);
  } else if (result.kind === "refresh") {
    for (const step of result.steps.filter(({ changes }) => changes.length > 0)) {
      console.line(`  drift in ${step.type} ${step.name}`);
      printChanges(console, step);
    }
  }
  reportOperation(console, result, reportOptions(context));
  if (result.kind === "up" && result.ok) {
    reportOutputs(console, result.outputs ?? {});
  }
}

/** How a command reports its operations. */
export const reportOptions = ({ listPolicies, stack, project }: CommandContext): ReportOptions => ({
  listPolicies,
  inSettings: isOwnStack(project),
  stack,
  project,
});

/** Wrong configuration is told apart: nothing was begun. */
export function exitCodeOf(result: OperationResult, { interrupts }: StackSession): ExitCode {
  if (interrupts.wasInterrupted()) {
    return exitCodes.interrupted;
  }
  if (refusesConfiguration(result)) {
    return exitCodes.usage;
  }
  return result.ok ? exitCodes.ok : exitCodes.failed;
}
