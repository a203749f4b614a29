import type { IdentityName } from "../../local/azure/landingZone/layout";
import { run, signedInAs, type Ended } from "./command";
import type { LocalAzureForTests } from "./localAzure";
import { WarmCommands } from "./warmCommands";

type Variables = Readonly<Record<string, string>>;

/** What Node.js, or the proxy that is loaded before the command, reads once. */
const readAtStart = /^(?:NODE_|https?_proxy$|no_proxy$)/i;

/** Of this test file: the process that runs the commands of one local Azure. */
let warm: { readonly start: string; readonly commands: WarmCommands } | undefined;
let running = 0;
afterAll(() => {
  warm?.commands.end();
});

/**
 * Runs daemon-access from the repository's root, with nothing in its environment but PATH, HOME and what is given: in a
 * process that has run others, where these were at the same local Azure and no other runs.
 */
export async function runToolCommand(args: readonly string[], env: Variables): Promise<Ended> {
  const { PATH = "", HOME = "" } = process.env;
  const all = { PATH, HOME, ...env };
  const read = Object.fromEntries(Object.entries(env).filter(([name]) => readAtStart.test(name)));
  const ended = running > 0 ? undefined : commandsFor({ PATH, HOME, ...read }).run(args, all);
  if (ended === undefined) return await run(process.execPath, ["tools/start.mjs", ...args], env);
  running += 1;
  return await ended.finally(() => (running -= 1));
}

function commandsFor(variables: Variables): WarmCommands {
  const start = JSON.stringify(variables);
  if (warm?.start !== start) {
    warm?.commands.end();
    warm = { start, commands: new WarmCommands("tools/cli/main.ts", variables) };
  }
  return warm.commands;
}

/** Runs verify as an identity of the landing zone. */
export function runVerify(azure: LocalAzureForTests, identity: IdentityName, ...args: string[]): Promise<Ended> {
  return runToolCommand(["verify", ...args], signedInAs(azure, identity));
}
