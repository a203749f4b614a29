import type { AccessChange } from "../access/accessChange";
import type { Estates } from "../estate/estate";
import type { Resource } from "../estate/resource";

/** Kinds of risk that a review tells. */
export const riskKinds = [
  "overlap-dropped",
  "overlap-shortened",
  "rotation-dropped",
  "secret-lives-longer",
  "protection-removed",
  "deletion-protection-weakened",
  "privileged-access",
  "vault-opened",
  "lake-opened",
  "keys-or-anonymous-access",
] as const;
export type RiskKind = (typeof riskKinds)[number];

/** Something of a change that can hurt, and that a reviewer decides on. */
export interface Risk {
  readonly kind: RiskKind;
  readonly severity: "high" | "medium";
  /** Name of the resource or the party it is about. */
  readonly subject: string;
  /** What happens, as a sentence. */
  readonly text: string;
  /** The access change that it comes with, by its `id`. */
  readonly access?: string;
}

/** What risks are read from. */
export interface RiskContext {
  readonly estates: Estates;
  readonly accessChanges: readonly AccessChange[];
  /** The moment that dates are judged at, in milliseconds since 1970. */
  readonly now: number;
}

/** A resource on both sides of the change. */
export type Pair = readonly [before: Resource, after: Resource];

/** Resources that are there before and after. */
export function pairsIn({ before, after }: Estates): Pair[] {
  const later = new Map(after.resources.map((resource) => [resource.urn, resource]));
  return before.resources.flatMap((resource) => {
    const next = later.get(resource.urn);
    return next ? [[resource, next] as const] : [];
  });
}
