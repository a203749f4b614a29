import type * as pulumi from "@pulumi/pulumi";
import { perRun } from "./perRun";

const answersOfRun = perRun(() => new Map<string, Map<pulumi.ProviderResource | undefined, unknown>>());

/**
 * Asks a provider once for all components of a run. Components with different explicit providers never share an answer.
 *
 * @param providerOf the package whose provider answers, as `"azuread::"`
 */
export function oncePerRun<T>(question: string, parent: pulumi.Resource, providerOf: string, ask: () => T): T {
  const run = answersOfRun();
  const answers = run.get(question) ?? new Map<pulumi.ProviderResource | undefined, unknown>();
  run.set(question, answers);
  const provider = parent.getProvider(providerOf);
  if (!answers.has(provider)) answers.set(provider, ask());
  return answers.get(provider) as T;
}
