import { existsSync } from "node:fs";
import { identities, type IdentityName } from "../azure/landingZone/layout";
import { StateKey } from "../azure/store/stateKey";
import { connectionVariables, identityVariables } from "../environment";
import { defaultPort } from "../session/defaultPort";
import { landingZoneSecret, openOwnAzure } from "../session/azureSession";
import { runningServe } from "../session/serveFile";
import { exitCodes, UserError, type ExitCode } from "../userError";
import type { CommandContext } from "./command";

const isIdentity = (name: string): name is IdentityName => name in identities;

/** `npm run -s local -- env`: the variables that put a client on local Azure. */
export async function env({ console, state }: CommandContext, identity: string | undefined): Promise<ExitCode> {
  if (identity !== undefined && !isIdentity(identity)) {
    throw new UserError(
      `--as: "${identity}" is nobody. Local Azure has ${Object.keys(identities).join(", ")}.`,
      exitCodes.usage,
    );
  }
  const served = await runningServe(state);
  if (served === undefined) {
    if (!existsSync(state.caFile) || !existsSync(state.keyFile)) {
      // A client needs the CA to be there before `serve` runs.
      await (await openOwnAzure(state, "env", 0)).close();
    }
    console.note(
      "Local Azure is not running: start it with `npm run local -- serve`. These are the variables it will have.",
    );
  }
  const connection = served ?? { proxyUrl: `http://127.0.0.1:${defaultPort}`, caFile: state.caFile };
  const secret = identity === undefined ? "" : landingZoneSecret(StateKey.open(state.keyFile), identity);
  const variables = {
    ...connectionVariables(connection),
    ...(identity === undefined ? {} : identityVariables(identity, secret)),
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

/** A word of a POSIX shell that stands for exactly this text. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
