import type { Estate, Estates } from "./estate";
import { Properties } from "./properties";

/** The resources of several stacks as one, so that a grant in one leads to a thing in another. Outputs stay each stack's own. */
export function joined(stacks: readonly Estates[]): Estates {
  const side = (estates: readonly Estate[]): Estate => ({
    resources: estates.flatMap(({ resources }) => resources),
    outputs: new Properties({}),
  });
  return {
    before: side(stacks.map(({ before }) => before)),
    after: side(stacks.map(({ after }) => after)),
    replaced: new Set(stacks.flatMap(({ replaced }) => [...replaced])),
  };
}
