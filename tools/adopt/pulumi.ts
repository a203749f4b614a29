import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { UsageError } from "../verify/target";

/** A stack's state and a preview of many daemons are long. */
const maxBuffer = 256 * 1024 * 1024;

/**
 * Runs the pulumi command in the current directory and gives what it prints.
 * @throws UsageError where there is no such command, or it fails
 */
export const pulumi = (...args: string[]): Promise<string> => pulumiGiven(undefined, ...args);

/** The same, with a document on standard input. */
export async function pulumiGiven(document: string | undefined, ...args: string[]): Promise<string> {
  try {
    const running = promisify(execFile)("pulumi", [...args, "--non-interactive"], { encoding: "utf8", maxBuffer });
    if (document !== undefined) running.child.stdin?.end(document);
    return (await running).stdout;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") {
      throw new UsageError("There is no pulumi command on PATH. Install it, or give its documents as files.");
    }
    const { stderr = "", stdout = "" } = error as { stderr?: string; stdout?: string };
    const said = stderr.trim() || diagnosticsIn(stdout);
    throw new UsageError(`pulumi ${args[0] ?? ""} failed: ${said || "it gave no reason"}`);
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
