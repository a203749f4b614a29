import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { join } from "node:path";
import { connectionVariables, identityVariables, withoutForeign } from "../environment";
import type { Console } from "../output/console";
import { openAzure, type AzureSession } from "../session/azureSession";
import { readStackState, stateFile } from "../stack/stateFile";
import { projectRoot } from "../stateDirectory";
import { exitCodes, UserError, type ExitCode } from "../userError";
import type { CommandContext } from "./command";

/** Local Azure has nothing to wait for: secrets and roles are in force as soon as they are made. */
const atOnce = ["--wait", "0"];

/** How verify went: it prints its own table, or gives its report where this command prints JSON. */
export interface Verified {
  /** False where a check failed. */
  readonly ok: boolean;
  readonly report?: unknown;
}

/**
 * Runs verify in a process of its own, with the consumer's identity and the vault's address alone.
 *
 * @throws UserError where it ends without a verdict
 */
export async function runVerify(
  azure: AzureSession,
  vaultUri: string,
  { json }: Console,
  signal?: AbortSignal,
): Promise<Verified> {
  const variables = { ...connectionVariables(azure), ...identityVariables("consumer", azure.secretOf("consumer")) };
  const main = join(projectRoot, "verify", "main.ts");
  const child = spawn(
    process.execPath,
    ["-r", "tsx/cjs", main, "--vault", vaultUri, ...atOnce, ...(json ? ["--json"] : [])],
    {
      cwd: projectRoot,
      env: { ...withoutForeign(process.env), ...variables },
      stdio: ["ignore", json ? "pipe" : "inherit", "inherit"],
    },
  );
  const stop = (): void => void child.kill("SIGINT");
  signal?.addEventListener("abort", stop);
  const closed = once(child, "close") as Promise<[code: number | null]>;
  const printed = child.stdout === null ? "" : await text(child.stdout);
  const [code] = await closed;
  signal?.removeEventListener("abort", stop);
  if (code !== 0 && code !== 1 && signal?.aborted !== true) {
    throw new UserError(`verify ended without a verdict (exit code ${code ?? "none"}); its reason is above.`);
  }
  return { ok: code === 0, ...(printed === "" ? {} : { report: JSON.parse(printed) as unknown }) };
}

/** `npm run local -- verify` */
export async function verify(context: CommandContext): Promise<ExitCode> {
  const { console, state, project, stack } = context;
  const { vaultUri } = readStackState(stateFile(state, project, stack)).outputs;
  if (typeof vaultUri !== "string") {
    throw new UserError(`The stack ${stack} has no vault yet. Run \`npm run local -- up\` first.`);
  }
  const azure = await openAzure({ ...context, command: "verify" });
  try {
    const { ok, report } = await runVerify(azure, vaultUri, console);
    if (console.json) {
      console.document(report);
    }
    return ok ? exitCodes.ok : exitCodes.failed;
  } finally {
    await azure.close();
  }
}
