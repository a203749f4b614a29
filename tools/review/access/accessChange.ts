import type { Party } from "../estate/parties";
import type { AccessKind } from "./grant";

/** That someone's access to something changes. */
export interface AccessChange {
  /** `<kind>/<who>/<what>`; the same for the same change in every preview. */
  readonly id: string;
  readonly kind: AccessKind;
  /** "changes" is a swap of which neither side is known to be more. */
  readonly direction: "gains" | "loses" | "changes";
  readonly holder: Party;
  readonly to: Party;
  /** What is held before: roles, "requested" and "granted" of a permission, address ranges … */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Of what is gained. */
  readonly weight: "privileged" | "sensitive" | "ordinary";
  /** The same as a sentence. */
  readonly text: string;
  /** URNs of the resources that give it, before or after. */
  readonly declaredBy: readonly string[];
}
