import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { UsageError } from "./failure";

/** A stack's state and a preview of many daemons are long. */
const maxBuffer = 256 * 1024 * 1024;

interface PulumiOptions {
  /** A document on standard input. */
  readonly input?: string;
  /** Where the command is looked for, and what it runs with. @default this process's */
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Runs the pulumi command in the current directory and gives what it prints.
 * @throws UsageError where there is no such command, or it fails
 */
export async function pulumi(
  args: readonly string[],
  { input, env = process.env }: PulumiOptions = {},
): Promise<string> {
  try {
    const running = promisify(execFile)("pulumi", [...args, "--non-interactive"], { encoding: "utf8", maxBuffer, env });
    if (input !== undefined) running.child.stdin?.end(input);
    return (await running).stdout;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") {
      throw new UsageError("There is no pulumi command on PATH. Install it: https://www.pulumi.com/docs/install/.");
    }
    const { stderr = "", stdout = "" } = error as { stderr?: string; stdout?: string };
    const said = stderr.trim() || diagnosticsIn(stdout);
    const words = args.slice(
      0,
      args.findIndex((arg) => arg.startsWith("--")),
    );
    throw new UsageError(`pulumi ${words.join(" ")} failed: ${said || "it gave no reason"}`);
  }
}

/** With `--json`, a preview tells its errors on standard output. */
function diagnosticsIn(stdout: string): string {
  try {
    const { diagnostics = [] } = JSON.parse(stdout) as { diagnostics?: { severity: string; message: string }[] };
    return diagnostics
      .filter(({ severity }) => severity === "error")
      .map(({ message }) => message.trim())
      .join("\n");
  } catch {
    return "";
  }
}
