import { type Bounds, nameOf, startBounded } from "../engine/boundedEngine";
import { endedWithCommand } from "../engine/endedWithCommand";
import { reasonIn } from "../engine/reason";
import { UsageError } from "./failure";

interface PulumiOptions extends Bounds {
  /** A document on standard input. */
  readonly input?: string;
  /** Where the command is looked for, and what it runs with. @default this process's */
  readonly env?: NodeJS.ProcessEnv;
}

/** What is said where there is no pulumi command. */
export const noPulumi = "There is no pulumi command on PATH. Install it: https://www.pulumi.com/docs/install/.";

/**
 * Runs the pulumi command in the current directory and gives what it prints.
 * @throws UsageError where there is no such command, it fails, or it stands still
 */
export async function pulumi(
  args: readonly string[],
  { input, env = process.env, ...bounds }: PulumiOptions = {},
): Promise<string> {
  const start = { env, ...(input !== undefined && { input }) };
  const { ended } = endedWithCommand(() => startBounded(args, start, bounds));
  const { still, ...output } = await ended.catch((error: unknown) => {
    throw (error as NodeJS.ErrnoException).code === "ENOENT" ? new UsageError(noPulumi) : error;
  });
  if (output.code === 0) return output.stdout;
  throw new UsageError(`pulumi ${nameOf(args)} failed: ${still ?? reasonIn(output)}`);
}
