import type { AddCommand } from "../cli";
import { addCertificate } from "./certificate";
import { addDisableExpired } from "./disableExpired";
import { addRecover } from "./recover";

/** The commands, in the order of `--help`. Each lies in a file of its own. */
export const commands: readonly AddCommand[] = [addCertificate, addDisableExpired, addRecover];
