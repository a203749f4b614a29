import { createRequire } from "node:module";
import type * as check from "./configurationCheck";
import type * as infra from "../../infra/program";

/** Loads a module at the moment it is needed. Not `import()`: Node.js answers that itself, and knows no TypeScript. */
const later = createRequire(__filename);

/** The stack of this repository, which runs in this process. It is not in the published package. */
export interface OwnStack {
  readonly checkConfiguration: typeof check.checkConfiguration;
  program(): Promise<Record<string, unknown>>;
}

/** Gives the stack, whose modules are loaded at their first use. */
export const ownStack = (): OwnStack => ({
  checkConfiguration(config, now, file) {
    (later("./configurationCheck") as typeof check).checkConfiguration(config, now, file);
  },
  program: () => (later("../../infra/program") as typeof infra).program(),
});
