import * as pulumi from "@pulumi/pulumi";

/** Every problem of the stack's configuration. Pulumi shows its message without a stack trace. */
export class ConfigurationError extends pulumi.RunError {
  /** One line a problem: the key, what was given, what is needed, what to write. */
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    const count = problems.length === 1 ? "a problem" : `${problems.length} problems`;
    super(
      [
        `The configuration of this stack has ${count}, and nothing was deployed:`,
        ...problems.map((problem) => `  ${problem}`),
        "Change it in Pulumi.<stack>.yaml; Pulumi.yaml says what each setting is for.",
      ].join("\n"),
    );
    this.name = "ConfigurationError";
    this.problems = problems;
  }
}
