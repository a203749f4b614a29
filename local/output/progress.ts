import type { Console } from "./console";
import type { LogListener, ResourceStep } from "./operationLog";
import { opWords } from "./words";

/** Tells the resources of an operation as they come: a line for each that changed, and on a terminal what is under way. */
export class Progress implements LogListener {
  private readonly running = new Map<string, ResourceStep>();
  private settled = 0;

  constructor(
    private readonly console: Console,
    private readonly planning: boolean,
  ) {}

  started(step: ResourceStep): void {
    this.running.set(step.urn, step);
    this.show();
  }

  finished(step: ResourceStep): void {
    this.running.delete(step.urn);
    this.settled += 1;
    const words = opWords(step.op);
    if (step.op !== "same" && (step.op !== "refresh" || step.status === "failed")) {
      const { colors } = this.console;
      const failed = step.status === "failed";
      const word = failed ? `${words.verb} failed` : this.planning ? words.verb : words.done;
      const mark = failed ? colors.red("✗") : colors[words.color](words.mark);
      const time = this.planning ? "" : colors.dim(` (${step.seconds.toFixed(1)} s)`);
      this.console.line(`  ${mark} ${word} ${step.type} ${step.name}${time}`);
    }
    this.show();
  }

  private show(): void {
    const current = [...this.running.values()].map(({ op, name }) => `${opWords(op).doing} ${name}`);
    this.console.status(current.length === 0 ? "" : `  ${this.settled} done; ${current.join(", ")}`);
  }
}
