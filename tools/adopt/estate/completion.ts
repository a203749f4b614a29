import type { AzureReader } from "../azureReader";
import { distinctParents } from "./distinctParents";
import { find } from "./finders";
import { type Entry, type ImportFile, type Planned, programName } from "./importFile";
import type { Sought } from "./sought";

/** A resource of the file, and why it is not imported. */
export interface LeftOut {
  readonly type: string;
  readonly name: string;
  readonly reason: string;
}

export interface Completed {
  /** With an ID for every resource that was found, and nothing but those and the components they lie in. */
  readonly file: ImportFile;
  readonly found: readonly { readonly type: string; readonly name: string; readonly id: string }[];
  readonly leftOut: readonly LeftOut[];
  /** Those that are named by something that is yet to be imported. */
  readonly waiting: readonly LeftOut[];
}

/** Completes the engine's document with the IDs of what stands in Azure already. */
export async function complete(
  file: ImportFile,
  planned: readonly Planned[],
  subscription: string,
  azure: AzureReader,
): Promise<Completed> {
  const distinct = distinctParents(file, planned);
  const { resources } = distinct;
  const entries = resources.filter(({ component }) => component !== true);
  const sought = await Promise.all(
    entries.map(async (entry) => ({ entry, result: await lookFor(entry, planned, subscription, azure) })),
  );
  const found = sought.flatMap(({ entry, result }) => (result.id === undefined ? [] : [{ ...entry, id: result.id }]));
  const missing = (waiting: boolean): LeftOut[] =>
    sought.flatMap(({ entry, result: { id, reason = "", waits = false } }) =>
      id === undefined && waits === waiting ? [{ type: entry.type, name: programName(entry), reason }] : [],
    );
  return {
    file: { ...distinct, resources: [...componentsAround(found, resources), ...found] },
    found: found.map((entry) => ({ type: entry.type, name: programName(entry), id: entry.id })),
    leftOut: missing(false),
    waiting: missing(true),
  };
}

async function lookFor(
  entry: Entry,
  planned: readonly Planned[],
  subscription: string,
  azure: AzureReader,
): Promise<Sought> {
  const [plan, ...more] = planned.filter(({ type, name }) => type === entry.type && name === programName(entry));
  if (!plan || more.length > 0) return { reason: "the preview plans none or several of this type and name" };
  return await find(plan.type, plan.inputs, subscription, azure);
}

/** The components that hold what was found, outermost first, as the engine listed them. */
function componentsAround(found: readonly Entry[], all: readonly Entry[]): Entry[] {
  const byName = new Map(all.map((entry) => [entry.name, entry]));
  const needed = new Set<string>();
  for (const { parent } of found) {
    for (let name = parent; name !== undefined && !needed.has(name); name = byName.get(name)?.parent) needed.add(name);
  }
  return all.filter(({ name, component }) => component === true && needed.has(name));
}
