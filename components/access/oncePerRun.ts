import * as pulumi from "@pulumi/pulumi";

type Answers = Map<string, Map<pulumi.ProviderResource | undefined, unknown>>;

const runs = new WeakMap<pulumi.Resource, Answers>();

/**
 * Asks a provider once for all components of a run. A run is known by its stack resource, so that two runs in one
 * process never share an answer; components with different explicit providers don't either.
 *
 * @param providerOf the package whose provider answers, as `"azuread::"`
 */
export function oncePerRun<T>(question: string, parent: pulumi.Resource, providerOf: string, ask: () => T): T {
  const stack = pulumi.runtime.getStackResource();
  if (stack === undefined) return ask();
  const run = runs.get(stack) ?? new Map<string, Map<pulumi.ProviderResource | undefined, unknown>>();
  runs.set(stack, run);
  const answers = run.get(question) ?? new Map<pulumi.ProviderResource | undefined, unknown>();
  run.set(question, answers);
  const provider = parent.getProvider(providerOf);
  if (!answers.has(provider)) answers.set(provider, ask());
  return answers.get(provider) as T;
}
