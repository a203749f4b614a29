const events = ["uncaughtException", "unhandledRejection"] as const;

/**
 * Listens for what nothing in this process catches: an error that is thrown outside any promise, and a promise that is
 * rejected and not awaited, as each output is that is made from a refused look-up. Whoever else listened waits until the end: a
 * listener that throws ends the process, and Azure's SDK for storage has one.
 *
 * @param hear gets each error once, at the moment it comes about
 * @returns stops listening. A program that has failed leaves promises behind which may still be rejected, and which would
 *   end the process; with `keepQuiet` these are heard by nobody.
 */
export function listenForRejections(
  hear: (error: unknown) => void,
): (options: { readonly keepQuiet: boolean }) => void {
  const heard = new Set<unknown>();
  const listener = (error: unknown): void => {
    if (heard.has(error)) return;
    heard.add(error);
    hear(error);
  };
  const others = events.map((event) => [event, process.rawListeners(event)] as const);
  for (const event of events) process.removeAllListeners(event).on(event, listener);
  return ({ keepQuiet }) => {
    for (const [event, waiting] of others) {
      process.off(event, listener);
      for (const each of waiting) process.on(event, each as () => void);
    }
    if (keepQuiet) quieten();
  };
}

/** From here on, what is rejected ends this process no more, whoever listens. */
function quieten(): void {
  process.removeAllListeners("unhandledRejection").on("unhandledRejection", () => undefined);
}
