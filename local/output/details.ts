import type { Console } from "./console";
import type { OperationKind, ResourceStep } from "./operationLog";
import { inline } from "./values";
import { opWords } from "./words";

/** Prints each resource with its inputs, or with what differs. */
export function printDetails(console: Console, kind: OperationKind, steps: readonly ResourceStep[]): void {
  for (const step of steps.filter(({ op }) => op !== "same")) {
    const { mark, verb, color } = opWords(step.op, kind);
    console.line(`${console.colors[color](mark)} ${verb} ${step.type} ${console.colors.bold(step.name)}`);
    if (step.changes.length > 0) {
      printChanges(console, step);
    } else {
      for (const [name, value] of Object.entries(step.inputs)) {
        console.line(`    ${name}: ${inline(value)}`);
      }
    }
  }
}

/** Prints a resource's differences, "property: old → new". */
export function printChanges(console: Console, step: ResourceStep): void {
  for (const { property, old, new: next } of step.changes) {
    console.line(`    ${property}: ${console.colors.red(inline(old))} → ${console.colors.green(inline(next))}`);
  }
}
