/**
 * Listens for what nothing in this process catches: an error that is thrown outside any promise, and a promise that is
 * rejected and not awaited, as each output is that is made from a refused look-up.
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
  process.on("uncaughtException", listener);
  process.on("unhandledRejection", listener);
  return ({ keepQuiet }) => {
    process.off("uncaughtException", listener);
    process.off("unhandledRejection", listener);
    if (keepQuiet) process.on("unhandledRejection", ignore);
  };
}

/** The same function each time, so that a process which runs many programs gets it once. */
const ignore = (): void => undefined;
