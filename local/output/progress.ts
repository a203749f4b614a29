import type { Console } from "./console";
import type { LogListener, OperationKind, ResourceStep } from "./operationLog";
import { opWords } from "./words";

/** Tells the resources of an operation as they come: a line for each that changed, and on a terminal what is under way. */
export class Progress implements LogListener {
  private readonly running = new Map<string, ResourceStep>();
  private settled = 0;

  constructor(
    private readonly console: Console,
    private readonly kind: OperationKind,
  ) {}

  started(step: ResourceStep): void {
    this.running.set(step.urn, step);
    this.show();
  }

  finished(step: ResourceStep): void {
    this.running.delete(step.urn);
    this.settled += 1;
    const words = opWords(step.op, this.kind);
    if (step.op !== "same" && (step.op !== "refresh" || step.status === "failed")) {
      const { colors } = this.console;
      const failed = step.status === "failed";
      const word = failed ? `${words.verb} failed` : this.kind === "preview" ? words.verb : words.done;
      const mark = failed ? colors.red("✗") : colors[words.color](words.mark);
      const time = this.kind === "preview" ? "" : colors.dim(` (${step.seconds.toFixed(1)} s)`);
      this.console.line(`  ${mark} ${word} ${step.type} ${step.name}${time}`);
    }
    this.show();
  }

  private show(): void {
    const current = [...this.running.values()].map(({ op, name }) => `${opWords(op, this.kind).doing} ${name}`);
    this.console.status(current.length === 0 ? "" : `  ${this.settled} done; ${current.join(", ")}`);
  }
}
