import { listOf } from "./lists";
import { changeCounts, resourceTable } from "./tables";
import type { Console } from "./console";
import type { Diagnostic } from "./operationLog";
import type { OperationResult } from "./operationResult";
import { remedyFor } from "./remedies";
import { reportViolations, type PolicyReportOptions } from "./violationReport";

export interface ReportOptions extends PolicyReportOptions {
  readonly stack: string;
  /** The directory of the stack's program. */
  readonly project: string;
}

/** Prints how an operation went: its errors first and in the service's words, else its resources. */
export function reportOperation(console: Console, result: OperationResult, options: ReportOptions): void {
  console.clearStatus();
  for (const warning of result.warnings) {
    console.line(`${console.colors.yellow("warning:")} ${told(warning)}`);
  }
  if (!result.ok) {
    for (const error of result.errors) {
      console.line(`${console.colors.red("error:")} ${told(error, console.verbose)}`);
      const remedy = remedyFor(error);
      if (remedy !== undefined) {
        console.line(`  remedy  ${remedy}`);
      }
    }
    if (console.verbose && result.engineText !== "") {
      console.line(console.colors.dim(result.engineText.trimEnd()));
    }
  }
  for (const note of result.notes) {
    console.line(note);
  }
  reportViolations(console, result.violations, options);
  if (result.steps.length > 0) {
    console.line(resourceTable(result.steps, result.kind, console.colors, console.width));
  }
  console.line(`${result.kind} ${outcome(result)}`);
  if (isUnexplained(result)) {
    console.line(`To look for the cause: ${doctorCommand(options)}`);
  }
}

/** Whether doctor may find a cause that the run itself has not told: a policy and a refused setting are told whole. */
const isUnexplained = (result: OperationResult): boolean =>
  !result.ok &&
  !result.interrupted &&
  result.errors.some(({ message }) => !isRefusedArgument(message)) &&
  !refusesConfiguration(result);

/** A component's refusal says what is needed and what to write. */
const isRefusedArgument = (message: string): boolean =>
  / cannot take its arguments:/.test(message) || /^(preview|update) failed$/.test(message);

/** Wrong configuration is told whole: nothing was begun, and there is no cause to look for. */
export function refusesConfiguration({ programError, errors }: OperationResult): boolean {
  const byProgram = programError instanceof Error && programError.name === "ConfigurationError";
  // Types of the settings are declared in Pulumi.yaml, and the engine checks them before it starts the program.
  return byProgram || errors.some(({ message }) => message.startsWith("validating stack config"));
}

/** Doctor as the deployer of local Azure, for whoever stands where this command was given. */
export function doctorCommand({ stack, project }: Pick<ReportOptions, "stack" | "project">): string {
  const where = project === process.cwd() ? "" : ` --cwd ${/^[\w./@:-]+$/.test(project) ? project : `"${project}"`}`;
  return `npx daemon-access doctor --stack ${stack} --local${where}`;
}

export function reportOutputs(console: Console, outputs: Readonly<Record<string, unknown>>): void {
  if (Object.keys(outputs).length > 0) {
    console.line(listOf(outputs, console.width));
  }
}

function outcome({ steps, ok, kind, seconds, interrupted }: OperationResult): string {
  const time = `${seconds.toFixed(1)} s`;
  if (interrupted) {
    return `was interrupted after ${time}. Run the same command again: it continues from there.`;
  }
  if (!ok) {
    return `failed after ${time}${kind === "up" && steps.length === 0 ? ": nothing was made" : ""}`;
  }
  const changed = steps.some(({ op }) => !["same", "read", "refresh"].includes(op));
  return `took ${time}${changed ? "" : kind === "refresh" ? ": no drift" : ": no changes"}`;
}

/** A diagnostic, with its resource, and without a program's stack trace. */
function told({ message, type, name }: Diagnostic, verbose = false): string {
  const lines = message.split("\n").filter((line) => verbose || !/^\s+at .*[(:]/.test(line));
  const about = name === undefined ? "" : `${type ?? ""} ${name}: `;
  // Providers count their errors, of which there is one.
  const text = lines
    .join("\n")
    .trim()
    .replace(/^1 error occurred:\s*\* /, "");
  return `${about}${text}`;
}

/** The same for machines. */
export function operationDocument(
  result: OperationResult,
  where: Pick<ReportOptions, "stack" | "project">,
): Record<string, unknown> {
  return {
    operation: result.kind,
    ok: result.ok,
    seconds: Math.round(result.seconds * 1000) / 1000,
    changes: changeCounts(result.steps, result.kind),
    resources: result.steps,
    ...(isUnexplained(result) && { doctor: doctorCommand(where) }),
    errors: result.errors.map((error) => ({ ...error, remedy: remedyFor(error) })),
    warnings: result.warnings,
    notes: result.notes,
    policies: result.violations,
    ...(result.outputs === undefined ? {} : { outputs: result.outputs }),
  };
}
