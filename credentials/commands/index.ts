import type { AddCommand } from "../cli";

/** The commands, in the order of `--help`. Each lies in a file of its own. */
export const commands: readonly AddCommand[] = [];
