import * as pulumi from "@pulumi/pulumi";
import type { SettingsFile } from "./settingsFile";

/** What messages call the file where the stack's name is not known. */
const ANY_FILE = "Pulumi.<stack>.yaml";

/** Every problem of the stack's configuration. Pulumi shows its message without a stack trace. */
export class ConfigurationError extends pulumi.RunError {
  /** One line a problem: the key, what was given, what is needed, what to write. */
  readonly problems: readonly string[];

  /** @param file where the settings stand, if that is known */
  constructor(problems: readonly string[], file?: SettingsFile) {
    const count = problems.length === 1 ? "a problem" : `${problems.length} problems`;
    const message = [
      `The configuration of this stack has ${count}, and nothing was deployed:`,
      ...problems.map((problem) => `  ${file === undefined ? "" : placeOf(problem, file)}${problem}`),
      `Change it in ${ANY_FILE}; Pulumi.yaml says what each setting is for.`,
    ].join("\n");
    super(file === undefined ? message : message.replaceAll(ANY_FILE, file.name));
    this.name = "ConfigurationError";
    this.problems = problems;
  }
}

/** `Pulumi.dev.yaml:12: ` for a problem that begins with the key of a setting in line 12. */
function placeOf(problem: string, file: SettingsFile): string {
  const [, path] = /^[\w-]+:((?:\["(?:[^"\\]|\\.)*"\]|[^:\s"])+): /.exec(problem) ?? [];
  const line = path === undefined ? undefined : file.lineOf(path);
  return line === undefined ? "" : `${file.name}:${line}: `;
}
