import type { Value } from "../server/values";
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

/** @param path of the object, for example `/applications/<object id>` */
export async function settleOwners(graph: GraphClient, path: string, callerId: string, plan: OwnerPlan): Promise<void> {
  for (const owner of plan.later) {
    await graph.post(`${path}/owners/$ref`, { "@odata.id": graph.directoryObject(owner) });
  }
  if (plan.dropCaller) {
    await graph.delete(`${path}/owners/${callerId}/$ref`);
  }
}

export async function ownersOf(graph: GraphClient, path: string): Promise<string[]> {
  return (await graph.list(`${path}/owners`)).map(({ id }) => textIn(id));
}

/** Adds who is missing first, and then removes who is too many, so that nobody is locked out between. */
export async function changeOwners(graph: GraphClient, path: string, stated: Value | undefined): Promise<void> {
  const present = await ownersOf(graph, path);
  const wanted = listOf(stated).map(String);
  for (const owner of wanted.filter((owner) => !present.includes(owner))) {
    await graph.post(`${path}/owners/$ref`, { "@odata.id": graph.directoryObject(owner) });
  }
  for (const owner of present.filter((owner) => !wanted.includes(owner))) {
    await graph.delete(`${path}/owners/${owner}/$ref`);
  }
}
