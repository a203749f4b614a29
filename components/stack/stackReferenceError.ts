import * as pulumi from "@pulumi/pulumi";

/** A stack that cannot be read, and what to do about it. Pulumi shows its message without a stack trace. */
export class StackReferenceError extends pulumi.RunError {
  /** Full name of the stack. */
  readonly stack: string;
  /** One line a problem. */
  readonly problems: readonly string[];

  constructor(stack: string, problems: readonly string[]) {
    super([`Stack "${stack}" cannot be read:`, ...problems.map((problem) => `  ${problem}`)].join("\n"));
    this.name = "StackReferenceError";
    this.stack = stack;
    this.problems = problems;
  }
}
