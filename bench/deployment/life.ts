import { spawn } from "node:child_process";
import { join } from "node:path";
import type { DeploymentCost } from "./operation";
import type { ProgramName } from "./program";

/** One life of a stack, to be measured. */
export interface Life {
  readonly program: ProgramName;
  readonly daemons: number;
  /** Factor of Azure's latencies. @default 0, none */
  readonly latency?: number;
  /** Ends after the first update. @default false */
  readonly endsAfterUp?: boolean;
}

/** Lives in a process of its own, so that no program warms another one up. */
export function measure(life: Life): Promise<DeploymentCost> {
  const worker = spawn(process.execPath, ["-r", "tsx/cjs", join(__dirname, "worker.ts"), JSON.stringify(life)], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output: Buffer[] = [];
  const errors: Buffer[] = [];
  worker.stdout.on("data", (chunk: Buffer) => output.push(chunk));
  worker.stderr.on("data", (chunk: Buffer) => errors.push(chunk));
  return new Promise((resolve, reject) => {
    worker.on("error", reject);
    worker.on("close", (code) => {
      if (code === 0) {
        resolve(JSON.parse(Buffer.concat(output).toString("utf8")) as DeploymentCost);
      } else {
        const { program, daemons } = life;
        reject(new Error(`${program} with ${daemons} daemons failed:\n${Buffer.concat(errors).toString("utf8")}`));
      }
    });
  });
}
