import { z } from "zod";

const planSchema = z.object({
  resourcePlans: z.record(
    z.string(),
    z.object({
      goal: z
        .object({
          dependencies: z.array(z.string()).nullish(),
          propertyDependencies: z.record(z.string(), z.array(z.string()).nullish()).nullish(),
        })
        .nullish(),
    }),
  ),
});

/** What a resource's inputs come from, by URN. Events don't tell it, and a pending ID has no other trace. */
export interface Origins {
  /** Everything that the resource is made after. */
  readonly all: readonly string[];
  readonly byProperty: Readonly<Record<string, readonly string[]>>;
}

export const noOrigins: Origins = { all: [], byProperty: {} };

/** Reads the origins of every resource in an engine's plan. A plan of another shape tells nothing. */
export function originsIn(plan: unknown): ReadonlyMap<string, Origins> {
  const parsed = planSchema.safeParse(plan);
  if (!parsed.success) return new Map();
  return new Map(
    Object.entries(parsed.data.resourcePlans).map(([urn, { goal }]) => [
      urn,
      {
        all: goal?.dependencies ?? [],
        byProperty: Object.fromEntries(
          Object.entries(goal?.propertyDependencies ?? {}).map(([name, urns]) => [name, urns ?? []]),
        ),
      },
    ]),
  );
}
