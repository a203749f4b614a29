import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { connectionVariables, identityVariables, withoutForeign } from "../environment";
import type { AzureSession } from "../session/azureSession";
import type { OperationResult } from "../stack/operation";
import { projectRoot } from "../stateDirectory";
import type { CommandContext } from "./command";

const passwordType = "azuread.ApplicationPassword";

/**
 * Whether an update has taken a client secret away that had ended: the vault's version of it has ended at the same moment.
 *
 * @param now the time on local Azure
 */
export function hasRemovedEnded({ steps, ok }: OperationResult, now: Date): boolean {
  return (
    ok &&
    steps.some(({ op, type, inputs }) => {
      const endDate = inputs["endDate"];
      return (
        op === "delete" && type === passwordType && typeof endDate === "string" && Date.parse(endDate) <= now.getTime()
      );
    })
  );
}

/**
 * Disables older versions of the vault's secrets that have ended, as a pipeline does after each update: the deployer runs
 * `npx daemon-access credentials disable-expired`, in a process of its own. Here only where an update says that one has.
 */
export async function disableExpired(
  { console, clock }: CommandContext,
  azure: AzureSession,
  result: OperationResult,
): Promise<void> {
  const now = clock?.now() ?? new Date();
  const vaultUri = result.outputs?.["vaultUri"];
  if (typeof vaultUri !== "string" || !hasRemovedEnded(result, now)) {
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
