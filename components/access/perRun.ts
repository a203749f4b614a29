import * as pulumi from "@pulumi/pulumi";

/**
 * Something that all components of a run share, made by the first that asks. A run is known by its stack resource, so that two
 * runs in one process share nothing; where there is none, each component makes its own.
 */
export function perRun<T>(make: () => T): () => T {
  const runs = new WeakMap<pulumi.Resource, { readonly shared: T }>();
  return () => {
    const stack = pulumi.runtime.getStackResource();
    if (stack === undefined) return make();
    const run = runs.get(stack) ?? { shared: make() };
    runs.set(stack, run);
    return run.shared;
  };
}
