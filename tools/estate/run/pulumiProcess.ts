import { type Bounds, startBounded } from "../../engine/boundedEngine";
import type { EngineProcess } from "../../engine/engineProcess";
import { noPulumi } from "../../cli/pulumi";

/** How a pulumi command ended. */
export interface Ended {
  readonly ok: boolean;
  /** What it printed, both streams as they came. */
  readonly output: string;
  /** Why it was ended because it stood still; absent where it did not. */
  readonly still?: string;
  /** What ended it from outside, such as SIGKILL; null where it ended by itself. */
  readonly signal: NodeJS.Signals | null;
}

/**
 * Runs the pulumi command in the current directory. Never rejects.
 *
 * @param started hears of the process
 */
export async function runPulumi(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  started: (engine: EngineProcess) => void,
  bounds?: Bounds,
): Promise<Ended> {
  let output = "";
  const hear = (text: string): void => void (output += text);
  const { engine, ended } = startBounded([...args, "--color", "never"], { env, onOutput: hear, onError: hear }, bounds);
  started(engine);
  try {
    const { code, signal, still } = await ended;
    return { ok: code === 0, output, signal, ...(still !== undefined && { still }) };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return { ok: false, output: `error: ${code === "ENOENT" ? noPulumi : message}`, signal: null };
  }
}
