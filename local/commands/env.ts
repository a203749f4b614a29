import { existsSync } from "node:fs";
import { identities, type IdentityName } from "../azure/landingZone/layout";
import { landingZoneSecret } from "../azure/landingZone/secret";
import { connectionVariables, identityVariables } from "../environment";
import { defaultPort } from "../session/defaultPort";
import { machineWith } from "../azure/instanceMetadata/machine";
import { managedIdentityVariables, type Host } from "../managedIdentityVariables";
import { keyOf, openAzure, openOwnAzure } from "../session/azureSession";
import { managedIdentityClientIds } from "../session/managedIdentities";
import { runningServe } from "../session/serveFile";
import { exitCodes, type ExitCode } from "../userError";
import type { CommandContext } from "./command";
import { localCommand } from "../invocation";

const isIdentity = (name: string): name is IdentityName => name in identities;

/** `npm run -s local -- env`: the variables that put a client on local Azure. */
export async function env(
  { console, state, machine }: CommandContext,
  identity: string | undefined,
  host: Host = "virtual-machine",
): Promise<ExitCode> {
  const managed = identity === undefined || isIdentity(identity) ? [] : identity.split(",").map((word) => word.trim());
  const clientIds = managed.length === 0 ? [] : await foundIn(state, managed);
  const served = await runningServe(state);
  if (served === undefined) {
    if (!existsSync(state.caFile) || !existsSync(state.keyFile)) {
      // A client needs the CA to be there before `serve` runs.
      await (await openOwnAzure(state, "env", 0)).close();
    }
    console.note(
      `Local Azure is not running: start it with \`${localCommand("serve")}\`. These are the variables it will have.`,
    );
  }
  const connection = served ?? { proxyUrl: `http://127.0.0.1:${defaultPort}`, caFile: state.caFile };
  const key = keyOf(state);
  const variables = {
    ...connectionVariables(connection, machine["NODE_OPTIONS"]),
    ...(identity !== undefined &&
      isIdentity(identity) &&
      identityVariables(identity, landingZoneSecret(key, identity))),
    ...(clientIds.length > 0 && managedIdentityVariables(connection.proxyUrl, host, machineWith(key, clientIds))),
  };
  if (console.json) {
    console.data(`${JSON.stringify(variables, null, 2)}\n`);
  } else {
    console.data(
      Object.entries(variables)
        .map(([name, value]) => `export ${name}=${quoted(value)}\n`)
        .join(""),
    );
  }
  return exitCodes.ok;
}

async function foundIn(state: CommandContext["state"], managed: readonly string[]): Promise<string[]> {
  const azure = await openAzure({ state, command: "env" });
  try {
    return await managedIdentityClientIds(azure, managed);
  } finally {
    await azure.close();
  }
}

/** A word of a POSIX shell that stands for exactly this text. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
