import { startProviders as start, type ProviderOptions, type RunningProviders } from "./startProviders";

export type { ProviderOptions, RunningProviders } from "./startProviders";
export type { RequestCounters } from "./rest/counters";

/** The providers of this process, for {@link findPending}. */
let running: RunningProviders | undefined;

/** @see startProviders.ts */
export async function startProviders(options: ProviderOptions): Promise<RunningProviders> {
  running = await start(options);
  return running;
}

/**
 * {@link RunningProviders.findPending} of the providers that this process started last.
 * @throws where it has started none
 */
export async function findPending(
  type: string,
  inputs: Readonly<Record<string, unknown>>,
): Promise<string | undefined> {
  if (running === undefined) {
    throw new Error("no providers are running: start them before looking for what a killed run has made");
  }
  return running.findPending(type, inputs);
}
