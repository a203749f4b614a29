/** Where `serve` listens unless told otherwise, so that a shell's variables hold from one day to the next. */
export const defaultPort = 43210;
