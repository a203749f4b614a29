import { clients, type Client } from "../../../examples/clients/runner/catalogue";
import { programsDirectory } from "../../../examples/clients/runner/deployment";
import { defaultCache } from "../../../examples/clients/runner/environments/cache";
import { isMissing, type Environment, type Workshop } from "../../../examples/clients/runner/environments/environment";
import { environmentOf } from "../../../examples/clients/runner/environments/index";

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
