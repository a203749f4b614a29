import type { Estate, Estates } from "../../review/estate/estate";
import type { Report } from "../../review/report/schema";
import type { WaiverState } from "../../policies/waiverStates";

/** One stack that a report is made from. */
export interface StackSource {
  /** "project/stack". */
  readonly id: string;
  readonly from: "state" | "preview";
  readonly estates: Estates;
  /** The review of a preview; absent where the report is made from a state. */
  readonly review?: Report;
  readonly waivers: readonly WaiverState[];
}

/** Names that were looked up in the directory, by ID in lower case. */
export type KnownNames = ReadonlyMap<string, { readonly displayName: string; readonly kind?: string }>;

/** All stacks as one, so that a grant in one leads to a thing in another. */
export function joined(sources: readonly StackSource[]): Estates {
  const side = (of: (estates: Estates) => Estate) => sources.map(({ estates }) => of(estates));
  const join = (estates: readonly Estate[]): Estate => {
    const [first, ...rest] = estates;
    if (first === undefined) throw new RangeError("A report needs a stack.");
    return { resources: [first, ...rest].flatMap(({ resources }) => resources), outputs: first.outputs };
  };
  return {
    before: join(side(({ before }) => before)),
    after: join(side(({ after }) => after)),
    replaced: new Set(sources.flatMap(({ estates }) => [...estates.replaced])),
  };
}
