import { resourceName, typeName } from "../output/names";
import type { BegunCreation, CreationJournal } from "./creationJournal";
import type { DrivenStack } from "./drivenStack";
import { readStackState, settleCreations } from "./stateFile";

/** Finds what an interrupted creation left in Azure: its ID, or undefined where there is nothing to take over. */
export type FindPending = (type: string, inputs: Readonly<Record<string, unknown>>) => Promise<string | undefined>;

type Creation = Pick<BegunCreation, "urn" | "type" | "inputs">;

/**
 * Settles the creations that a killed run began and did not see the end of. What has come into being is taken into the
 * state, what has not is forgotten; the next update then makes the rest. Other pending operations need nothing: the
 * next update repeats them.
 *
 * @param tell hears one line for each
 */
export async function settlePending(
  driven: DrivenStack,
  journal: CreationJournal,
  findPending: FindPending,
  tell: (line: string) => void,
): Promise<void> {
  const { pending, urns } = readStackState(driven.stateFile);
  const creating = pending.filter(({ operation }) => operation === "creating");
  const known = new Set([...urns, ...creating.map(({ urn }) => urn)]);
  const orphanedCreates = journal.read().filter(({ urn, provider }) => !known.has(urn) && isKnown(urns, provider));
  const ids = await idsOf([...creating, ...orphanedCreates], findPending, tell);
  if (creating.length > 0 || ids.size > 0) {
    settleCreations(driven.stateFile, ids, orphanedCreates);
  }
  if (ids.size > 0) {
    await driven.stack.refresh({ target: [...ids.keys()] });
  }
  journal.empty();
}

/** A provider is referred to as `<its URN>::<its ID>`. */
const isKnown = (urns: ReadonlySet<string>, provider: string): boolean =>
  urns.has(provider.slice(0, provider.lastIndexOf("::")));

async function idsOf(
  creations: readonly Creation[],
  findPending: FindPending,
  tell: (line: string) => void,
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const { urn, type, inputs } of creations) {
    const resource = `${typeName(type)} ${resourceName(urn)}`;
    const id = await findPending(type, inputs);
    if (id === undefined) {
      tell(`An interrupted run had begun to create ${resource}: nothing to take over.`);
    } else {
      tell(`An interrupted run had created ${resource}: taking it over.`);
      ids.set(urn, id);
    }
  }
  return ids;
}
