import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { join } from "node:path";
import { z } from "zod";
import type { ImportFile } from "../../tools/adopt/estate/importFile";
import { connectionVariables, identityVariables, withoutForeign } from "../environment";
import type { AzureSession } from "../session/azureSession";
import { readStackState, stateFile, type StackState } from "../stack/stateFile";
import { withStack } from "../stack/stackSession";
import { projectRoot } from "../stateDirectory";
import { exitCodes, UserError, type ExitCode } from "../userError";
import type { CommandContext } from "./command";
import { exitCodeOf, reportEngineOperation } from "./operations";
import { localCommand } from "../invocation";

const recovery = z.object({
  ok: z.boolean(),
  recovered: z.array(z.string()),
  present: z.array(z.string()),
});

/** A secret of the stack, as an output names it. */
interface StackSecret {
  readonly daemon: string;
  readonly name: string;
}

/**
 * `npm run local -- recover`: brings back the stack's secrets that somebody has deleted from the vault, takes those into
 * the state that it has let go of, and updates the stack. Other secrets of the vault stay as they are.
 */
export async function recover(context: CommandContext): Promise<ExitCode> {
  const { console, state, project, stack } = context;
  const file = stateFile(state, project, stack);
  const before = readStackState(file);
  const { vaultId, vaultUri } = before.outputs;
  if (typeof vaultUri !== "string" || typeof vaultId !== "string") {
    throw new UserError(`The stack ${stack} has no vault. Run \`${localCommand("up")}\` first.`);
  }
  const secrets = secretsOf(before);
  return await withStack({ ...context, command: "recover" }, async (session) => {
    const { recovered, present } = await recoverSecrets(session.azure, vaultUri, secrets, console.json);
    const known = readStackState(file);
    const lost = secrets.filter(
      ({ name }) => [...recovered, ...present].includes(name) && !known.ids.has(`${vaultId}/secrets/${name}`),
    );
    if (lost.length > 0) {
      await session.importing.take(importOf(lost, vaultId, known));
      for (const { name } of lost) console.line(`Took ${name} into the state of ${stack}.`);
    }
    const result = await session.run("up");
    reportEngineOperation(context, result, false);
    if (console.json) console.document({ stack, ok: result.ok, recovered, imported: lost.map(({ name }) => name) });
    return exitCodeOf(result, session);
  });
}

/** The secrets that the stack has delivered, from the outputs of its last update. */
function secretsOf({ outputs }: StackState): StackSecret[] {
  const daemons = Array.isArray(outputs["daemons"]) ? outputs["daemons"].map(String) : [];
  return Object.entries(outputs).flatMap(([output, uri]) => {
    const daemon = daemons.find((name) => output === `${name}.secretUri` || output.startsWith(`${name}.secretUri.`));
    const name = typeof uri === "string" ? /\/secrets\/([^/]+)\/?$/.exec(uri)?.[1] : undefined;
    return daemon === undefined || name === undefined ? [] : [{ daemon, name }];
  });
}

/** What the engine's import reads: each secret below the component of its daemon. */
function importOf(secrets: readonly StackSecret[], vaultId: string, { urns }: StackState): ImportFile {
  const component = (daemon: string): string =>
    [...urns].find((urn) => urn.endsWith(`azure-daemon-access:index:DaemonAccess::${daemon}`)) ?? "";
  return {
    nameTable: Object.fromEntries(secrets.map(({ daemon }) => [daemon, component(daemon)])),
    resources: secrets.map(({ daemon, name }) => ({
      type: "azure-native:keyvault:Secret",
      name,
      id: `${vaultId}/secrets/${name}`,
      parent: daemon,
    })),
  };
}

/** Runs `daemon-access credentials recover` in a process of its own, as the deployer. */
async function recoverSecrets(
  azure: AzureSession,
  vaultUri: string,
  secrets: readonly StackSecret[],
  quiet: boolean,
): Promise<z.infer<typeof recovery>> {
  const names = secrets.flatMap(({ name }) => ["--secret", name]);
  const args = ["credentials", "recover", "--vault", vaultUri, ...names, "--json"];
  const child = spawn(process.execPath, [join(projectRoot, "tools", "start.mjs"), ...args], {
    cwd: projectRoot,
    env: {
      ...withoutForeign(process.env),
      ...connectionVariables(azure),
      ...identityVariables("deployer", azure.secretOf("deployer")),
    },
    stdio: ["ignore", "pipe", quiet ? "ignore" : "inherit"],
  });
  const closed = once(child, "close");
  const printed = await text(child.stdout);
  await closed;
  const found = recovery.safeParse(printed === "" ? undefined : JSON.parse(printed));
  if (!found.success || !found.data.ok) {
    throw new UserError("The secrets could not be recovered; the reason is above.", exitCodes.failed);
  }
  return found.data;
}
