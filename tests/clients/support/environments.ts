import { clients, type Client } from "../../../clients/catalogue";
import { programsDirectory } from "../../../clients/deployment";
import { defaultCache } from "../../../clients/environments/cache";
import { isMissing, type Environment, type Workshop } from "../../../clients/environments/environment";
import { environmentOf } from "../../../clients/environments/index";

/** The developer's own environment: the way to the package indexes may lead through its variables. */
export const machine = Object.fromEntries(
  Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
);

export const workshop: Workshop = {
  cache: defaultCache(machine),
  machine,
  programs: programsDirectory,
  signal: new AbortController().signal,
};

export function clientNamed(name: string): Client {
  const found = clients.find((client) => client.name === name);
  if (found === undefined) throw new Error(`there is no client ${name}`);
  return found;
}

/** A client's environment, or undefined on a machine without its language, which is told. */
export async function environmentFor(name: string): Promise<Environment | undefined> {
  const made = await environmentOf(clientNamed(name), workshop);
  if (!isMissing(made)) return made;
  process.stderr.write(`${name} is not tested: ${made.missing}\n`);
  return undefined;
}
