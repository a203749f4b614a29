import type { Estates } from "../../review/estate/estate";
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
