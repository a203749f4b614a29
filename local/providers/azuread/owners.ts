import type { Value } from "../server/values";
import { attempt } from "./failures";
import type { GraphClient } from "./graphClient";
import { listOf, textIn } from "./graphValues";

/** Graph takes this many owners with a new object, the caller among them; the rest follow one by one. */
const mostAtCreation = 20;

/** How the owners of a new object come about: the caller owns it at first, or could do no more with it. */
export interface OwnerPlan {
  /** For `owners@odata.bind`. */
  readonly bindings: readonly string[];
  readonly later: readonly string[];
  /** Whether the program leaves the caller out, who then has to go. */
  readonly dropCaller: boolean;
}

export function ownerPlan(graph: GraphClient, callerId: string, stated: Value | undefined): OwnerPlan {
  const isCaller = (owner: string): boolean => owner.toLowerCase() === callerId.toLowerCase();
  const wanted = listOf(stated).map(String);
  const others = wanted.filter((owner) => !isCaller(owner));
  const first = [callerId, ...others].slice(0, mostAtCreation);
  return {
    bindings: first.map((owner) => graph.directoryObject(owner)),
    later: others.slice(mostAtCreation - 1),
    dropCaller: !wanted.some(isCaller),
  };
}

/**
 * @param path of the object, for example `/applications/<object id>`
 * @param words what the provider calls it
 */
export async function settleOwners(
  graph: GraphClient,
  path: string,
  callerId: string,
  plan: OwnerPlan,
  words: string,
): Promise<void> {
  for (const owner of plan.later) {
    await addOwner(graph, path, owner, words);
  }
  if (plan.dropCaller) {
    await attempt(`Could not remove initial owner from ${words}`, () =>
      graph.delete(`${path}/owners/${callerId}/$ref`),
    );
  }
}

async function addOwner(graph: GraphClient, path: string, owner: string, words: string): Promise<void> {
  await attempt(`Could not add owners to ${words}`, () =>
    graph.post(`${path}/owners/$ref`, { "@odata.id": graph.directoryObject(owner) }),
  );
}

export async function ownersOf(graph: GraphClient, path: string): Promise<string[]> {
  return (await graph.list(`${path}/owners`)).map(({ id }) => textIn(id));
}

/** Adds who is missing first, and then removes who is too many, so that nobody is locked out between. */
export async function changeOwners(
  graph: GraphClient,
  path: string,
  stated: Value | undefined,
  words: string,
): Promise<void> {
  const present = await attempt(`Could not retrieve owners for ${words}`, () => ownersOf(graph, path));
  const wanted = listOf(stated).map(String);
  for (const owner of wanted.filter((owner) => !present.includes(owner))) {
    await addOwner(graph, path, owner, words);
  }
  for (const owner of present.filter((owner) => !wanted.includes(owner))) {
    // These are the real provider's words for a removal too.
    await attempt(`Could not add owners to ${words}`, () => graph.delete(`${path}/owners/${owner}/$ref`));
  }
}
