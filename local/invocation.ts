/** Whether `npm run local` runs this process: the words of the command line then follow `--`. */
const byNpm = process.env["npm_lifecycle_event"] === "local";

/** The command line's name in its own help. */
export const programName = byNpm ? "npm run local --" : "local-azure";

/** The same with what runs it, as the reader types it. */
export const typedName = byNpm ? programName : `npx ${programName}`;

/**
 * A command line of local Azure that the reader can run where she is.
 *
 * @param words of the command line; none for the default command
 */
export const localCommand = (words = ""): string =>
  byNpm ? `npm run local${words === "" ? "" : ` -- ${words}`}` : `npx local-azure${words === "" ? "" : ` ${words}`}`;

/** The same, printing nothing but what the command prints: for `eval`. */
export const quietLocalCommand = (words: string): string =>
  byNpm ? `npm run -s local -- ${words}` : `npx local-azure ${words}`;
