import type { ServiceError } from "./serviceError";

/** What the processes of a run say where they don't reach each other: the program, the engine and the providers. */
export const lostConnection: readonly ServiceError[] = [
  {
    entry: "14 UNAVAILABLE: No connection established",
    message: /\b14 UNAVAILABLE: No connection established/,
    remedy:
      "The program and the engine did not reach each other in time, as on a machine under heavy load. Run the same command again.",
  },
];
