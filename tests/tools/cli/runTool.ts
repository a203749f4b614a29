import { daemonAccess } from "../../../tools/cli/daemonAccess";
import type { PreviewSource } from "../../../tools/review/preview/source";

export interface Told {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** What review previews with. */
  readonly preview?: PreviewSource;
  /** What `--local` hands the command line to. @default a refusal */
  readonly local?: (argv: readonly string[], project: string) => Promise<number>;
}

/** Runs daemon-access in this process. */
export async function runTool(argv: readonly string[], { env = {}, preview, local }: RunOptions = {}): Promise<Told> {
  let stdout = "";
  let stderr = "";
  const cwd = process.cwd();
  try {
    const code = await daemonAccess(argv, {
      env,
      print: { out: (text) => (stdout += text), err: (text) => (stderr += text) },
      localCloud: { run: local ?? (() => Promise.reject(new Error("There is no local cloud in this test."))) },
      ...(preview && { preview }),
    });
    return { code, stdout, stderr };
  } finally {
    process.chdir(cwd);
  }
}
