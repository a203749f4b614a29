import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { connectionVariables, identityVariables, withoutForeign } from "../environment";
import type { AzureSession } from "../session/azureSession";
import { hasEndedVersions } from "../session/endedVersions";
import type { OperationResult } from "../output/operationResult";
import { projectRoot } from "../stateDirectory";
import type { CommandContext } from "./command";

/**
 * Disables older versions of the vault's secrets that have ended, as a pipeline does after each update: the deployer runs
 * `npx daemon-access credentials disable-expired`, in a process of its own. Here only where the vault has such a version,
 * whichever run has left it.
 */
export async function disableExpired(
  { console, clock }: CommandContext,
  azure: AzureSession,
  result: OperationResult,
): Promise<void> {
  const now = clock?.now() ?? new Date();
  const { outputs = {} } = result;
  const { vaultUri } = outputs;
  if (!result.ok || typeof vaultUri !== "string" || !(await hasEndedVersions(azure, secretUrisIn(outputs), now))) {
    return;
  }
  const entry = join(projectRoot, "tools", "start.mjs");
  const args = [entry, "credentials", "disable-expired", "--vault", vaultUri, "--at", now.toISOString()];
  const child = spawn(process.execPath, args, {
    cwd: projectRoot,
    env: {
      ...withoutForeign(process.env),
      ...connectionVariables(azure),
      ...identityVariables("deployer", azure.secretOf("deployer")),
    },
    // With --json, standard output is one document.
    stdio: ["ignore", console.json ? process.stderr : "inherit", "inherit"],
  });
  const [code] = (await once(child, "close")) as [code: number | null];
  if (code !== 0) {
    console.line(
      "Older versions of the vault's secrets stay enabled; the reason is above. The daemons are not affected.",
    );
  }
}

/** The addresses of the secrets that a stack has delivered. */
const secretUrisIn = (outputs: Readonly<Record<string, unknown>>): string[] =>
  Object.entries(outputs).flatMap(([name, uri]) =>
    /\.secretUri(\.|$)/.test(name) && typeof uri === "string" ? [uri] : [],
  );
