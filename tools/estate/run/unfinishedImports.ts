import type { Ended } from "./pulumiProcess";
import { type Present, presentOf, shortOf, type Unfinished } from "./unfinished";

/** An update, and what earlier runs have left unfinished after it. */
export interface Attempt {
  readonly ended: Ended;
  readonly unfinished: readonly Unfinished[];
}

/**
 * Adds what Azure says it has to the state, and attempts the update again, until one names nothing new: an update ends at its first
 * errors, so the next may name more.
 *
 * @param add adds one to the state
 */
export async function attemptWithImports(
  attempt: () => Promise<Attempt>,
  add: (present: Present) => Promise<Ended>,
  tell: (line: string) => void,
): Promise<Attempt> {
  const added = new Set<string>();
  for (;;) {
    const attempted = await attempt();
    const present = presentOf(attempted.unfinished).filter(({ id }) => !added.has(id));
    if (attempted.ended.ok || present.length === 0) return attempted;
    for (const each of present) {
      tell(`an interrupted run created ${shortOf(each.type)} ${each.name}: adding it to the state`);
      const ended = await add(each);
      if (!ended.ok) return { ended, unfinished: attempted.unfinished };
      added.add(each.id);
    }
  }
}
