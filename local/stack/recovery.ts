import { resourceName, typeName } from "../output/names";
import type { BegunCreation, CreationJournal } from "./creationJournal";
import type { DrivenStack } from "./drivenStack";
import { readStackState, settleCreations, type StackState } from "./stateFile";

/** What a creation has left in Azure: its ID, "removed" where it had to go, undefined where there is nothing. */
export type FindPending = (
  type: string,
  inputs: Readonly<Record<string, unknown>>,
  known: ReadonlySet<string>,
) => Promise<{ readonly id: string } | "removed" | undefined>;

type Creation = Pick<BegunCreation, "urn" | "type" | "inputs" | "replaces" | "unanswered">;

/**
 * Settles the creations whose end an earlier run did not see: it was killed, or the answer was lost. What has come into
 * being is taken into the state, what can't be taken over has been removed, and what is not there is forgotten; the next
 * update then makes the rest. Other pending operations need nothing: the next update repeats them.
 *
 * @param tell hears one line for each
 */
export async function settlePending(
  driven: DrivenStack,
  journal: CreationJournal,
  findPending: FindPending,
  tell: (line: string) => void,
): Promise<void> {
  const state = readStackState(driven.stateFile);
  const creating = state.pending.filter(({ operation }) => operation === "creating");
  const orphanedCreates = orphansOf(journal.read(), state, new Set(creating.map(({ urn }) => urn)));
  const ids = new Map<string, string>();
  const open: readonly Creation[] = [...creating, ...orphanedCreates];
  for (const creation of open) {
    const found = await findPending(creation.type, creation.inputs, state.ids);
    if (found !== undefined || creation.replaces !== true || creation.unanswered === true) {
      tell(sentence(creation, found));
    }
    if (typeof found === "object") {
      ids.set(creation.urn, found.id);
    }
  }
  if (creating.length > 0 || ids.size > 0) {
    settleCreations(driven.stateFile, ids, orphanedCreates);
  }
  if (ids.size > 0) {
    await driven.stack.refresh({ target: [...ids.keys()] });
  }
  journal.empty();
}

/** The creations, one for each resource, that the state tells nothing of. */
function orphansOf(
  begun: readonly BegunCreation[],
  { urns }: StackState,
  pending: ReadonlySet<string>,
): readonly BegunCreation[] {
  // A provider is referred to as `<its URN>::<its ID>`.
  const isKnown = (provider: string): boolean => urns.has(provider.slice(0, provider.lastIndexOf("::")));
  const open = begun.filter(
    ({ urn, provider, replaces }) => !pending.has(urn) && (replaces === true || !urns.has(urn)) && isKnown(provider),
  );
  return [...new Map(open.map((creation) => [creation.urn, creation])).values()];
}

function sentence({ urn, type, unanswered }: Creation, found: Awaited<ReturnType<FindPending>>): string {
  const resource = `${typeName(type)} ${resourceName(urn)}`;
  if (found === undefined) {
    return unanswered === true
      ? `The last run got no answer to the creation of ${resource}, and Azure has not carried it out.`
      : `An interrupted run had begun to create ${resource}: nothing to take over.`;
  }
  const cause =
    unanswered === true
      ? `The last run got no answer to the creation of ${resource}, and Azure has carried it out`
      : `An interrupted run had created ${resource}`;
  return found === "removed"
    ? `${cause}: removed it, since it can't be taken over. The next update makes a new one.`
    : `${cause}: taking it over.`;
}
