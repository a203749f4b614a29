import type { ServiceError } from "./serviceError";

/** Pulumi hands a program its configuration in one variable, and Linux gives a process none of more than 128 KiB. */
export const oversizedConfiguration: readonly ServiceError[] = [
  {
    entry: "spawn E2BIG",
    message: /\bspawn E2BIG\b|\bargument list too long\b/,
    remedy:
      "The stack's settings have more than 128 KiB, which Linux does not pass to a program. Move daemons to other stacks: " +
      "npx daemon-access estate move --help",
  },
];
