import { isInAzure, typeName } from "../../tools/engine/types";
import { nameInUrn, typeInUrn } from "../../tools/engine/urns";
import type { Leftover } from "../providers/server/packageProvider";
import type { RunningProviders } from "../providers/startProviders";
import type { BegunCreation, CreationJournal } from "./creationJournal";
import type { DrivenStack } from "./drivenStack";
import { EngineFailure } from "./engineCommand";
import { readStackState, settleCreations, type StackState } from "./stateFile";

/** Who knows what the creations of a run that was cut off have left in Azure. */
export type Leftovers = Pick<RunningProviders, "findPending" | "orphanStaysValid">;

type Creation = Pick<BegunCreation, "urn" | "type" | "inputs" | "replaces" | "unanswered" | "unseenSince">;

/**
 * Settles the creations whose end an earlier run did not see: it was killed, or the answer was lost. What has come into
 * being is taken into the state, what can't be taken over has been removed, and what is not there is left to the next
 * update, which makes it, and to the look of the next run. Other pending operations need nothing: the next update repeats them.
 * What failed after it was created is read again: an update would take what the state says of it for true.
 *
 * @param tell hears one line for each
 */
export async function settlePending(
  driven: DrivenStack,
  journal: CreationJournal,
  leftovers: Leftovers,
  tell: (line: string) => void,
): Promise<void> {
  const state = readStackState(driven.stateFile);
  const creating = state.pending.filter(({ operation }) => operation === "creating");
  const orphanedCreates = orphansOf(journal.read(), state, new Set(creating.map(({ urn }) => urn)), leftovers);
  const ids = new Map<string, string>();
  const unseen = new Set<string>();
  const open: readonly Creation[] = [...creating, ...orphanedCreates].filter(isInAzure);
  for (const creation of open) {
    const found = await leftovers.findPending(creation.type, creation.inputs, state.ids);
    if (found !== undefined || isNews(creation)) {
      tell(sentence(creation, found, creation.unseenSince !== undefined && state.urns.has(creation.urn)));
    }
    if (typeof found === "object") {
      ids.set(creation.urn, found.id);
    } else if (found === undefined && (creation.replaces !== true || leftovers.orphanStaysValid(creation.type))) {
      unseen.add(creation.urn);
    }
  }
  if (creating.length > 0 || ids.size > 0) {
    settleCreations(driven.stateFile, ids, orphanedCreates);
  }
  if (ids.size > 0) {
    await driven.stack.refresh({ target: [...ids.keys()] });
  }
  await readAgain(driven, state.unfinished, tell);
  journal.keepUnseen(unseen);
}

/** Reads what an earlier run left unfinished. A run goes on without what can't be read, and has its own words for why. */
async function readAgain(
  { stack }: DrivenStack,
  unfinished: readonly string[],
  tell: (line: string) => void,
): Promise<void> {
  if (unfinished.length === 0) return;
  for (const urn of unfinished) {
    tell(`The last run left ${typeName(typeInUrn(urn))} ${nameInUrn(urn)} unfinished. Reading it from Azure.`);
  }
  try {
    await stack.refresh({ target: [...unfinished] });
  } catch (error) {
    if (!(error instanceof EngineFailure)) throw error;
    tell("Not everything could be read. The run goes on with what the state says of it.");
  }
}

/** Whether it is told that Azure shows nothing: of most replacements it doesn't, and once is enough. */
const isNews = ({ replaces, unanswered, unseenSince }: Creation): boolean =>
  unseenSince === undefined && (replaces !== true || unanswered === true);

/** The creations, one for each resource, that the state tells nothing of. */
function orphansOf(
  begun: readonly BegunCreation[],
  { urns }: StackState,
  pending: ReadonlySet<string>,
  { orphanStaysValid }: Leftovers,
): readonly BegunCreation[] {
  // A provider is referred to as `<its URN>::<its ID>`.
  const isKnown = (provider: string): boolean => urns.has(provider.slice(0, provider.lastIndexOf("::")));
  const open = begun.filter(
    ({ urn, type, provider, replaces, unseenSince }) =>
      !pending.has(urn) &&
      (replaces === true || !urns.has(urn) || (unseenSince !== undefined && orphanStaysValid(type))) &&
      isKnown(provider),
  );
  return [...new Map(open.map((creation) => [creation.urn, creation])).values()];
}

function sentence({ urn, type, unanswered }: Creation, found: Leftover, hasAnother: boolean): string {
  const resource = `${typeName(type)} ${nameInUrn(urn)}`;
  if (found === undefined) {
    return unanswered === true
      ? `The last run got no answer to the creation of ${resource}, and Azure does not show it.`
      : `An interrupted run started to create ${resource}, but Azure does not show it.`;
  }
  const cause =
    unanswered === true
      ? `The last run got no answer to the creation of ${resource}, but Azure created it`
      : `An interrupted run created ${resource}`;
  if (found !== "removed") return `${cause}. Adding it to the stack.`;
  const removed = `${cause}. Deleted it, because it can't be added to the stack.`;
  return hasAnother ? `${removed} The stack has another one.` : `${removed} The next update creates a new one.`;
}
