import { homedir } from "node:os";
import { join } from "node:path";
import { publishedArchives, publishedChecksums } from "./archive";
import { EngineError } from "./engineError";
import type { Engine } from "./engineSearch";
import { findEngine } from "./findEngine";

const memoryFile = join(__dirname, "..", "..", "node_modules", ".cache", "local-azure", "engine.json");

/** Finds or makes the engine, for whoever has this environment. */
export async function engineOfThisMachine(env: NodeJS.ProcessEnv, progress: (line: string) => void): Promise<Engine> {
  return await findEngine({
    env,
    home: homedir(),
    memoryFile,
    progress,
    archives: publishedArchives,
    checksums: publishedChecksums,
  });
}

/** The same for a start script: its lines go to standard error, and where there is no engine the process ends. */
export async function ensureEngine(): Promise<Engine> {
  try {
    return await engineOfThisMachine(process.env, (line) => process.stderr.write(`${line}\n`));
  } catch (error) {
    if (error instanceof EngineError) {
      process.stderr.write(`${error.message}\n`);
      process.exit(1);
    }
    throw error;
  }
}
