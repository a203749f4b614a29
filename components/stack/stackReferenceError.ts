import * as pulumi from "@pulumi/pulumi";

/** A stack that cannot be read, and what to do about it. Pulumi shows its message without a stack trace. */
export class StackReferenceError extends pulumi.RunError {
  /** Full name of the stack. */
  readonly stackName: string;
  /** One line a problem. */
  readonly problems: readonly string[];

  constructor(stackName: string, problems: readonly string[]) {
    super([`Stack "${stackName}" cannot be read:`, ...problems.map((problem) => `  ${problem}`)].join("\n"));
    this.name = "StackReferenceError";
    this.stackName = stackName;
    this.problems = problems;
  }
}
