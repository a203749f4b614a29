import { createRequire } from "node:module";
import { performance } from "node:perf_hooks";
import { inWords } from "../../cli/failure";
import type { SharedOptions, Shell } from "../../cli/outcome";
import { Patience } from "../../verify/patience";
import type * as verification from "../../verify/run";
import { stackTarget } from "../../verify/stackTarget";
import type { PlannedStack } from "../plan/plan";
import type { StackRun } from "./stackRun";

/** Loads a module at the moment it is needed: the SDKs take longer to load than a wrong argument to tell. */
const later = createRequire(__filename);

/** Verifies what one stack delivers. Never rejects. */
export async function verifyStack(
  { stack }: PlannedStack,
  { timeout, wait, verbose = false }: SharedOptions & { readonly wait: number },
  { env, redactor, progress }: Shell,
): Promise<StackRun> {
  const begun = performance.now();
  const seconds = (): number => (performance.now() - begun) / 1_000;
  try {
    const { verify } = later("../../verify/run") as typeof verification;
    const told = (line: string): void => {
      progress(`${stack}: ${line}`);
    };
    const patience = new Patience({ seconds: wait, callSeconds: timeout, progress: told });
    const rows = await verify(await stackTarget(stack, [], env), { patience, redactor });
    const failed = rows.filter(({ result }) => result === "failed");
    const passed = rows.filter(({ result }) => result === "passed").length;
    return {
      ok: failed.length === 0,
      seconds: seconds(),
      changes: `${passed} of ${rows.length} checks passed`,
      cause: failed
        .map(({ daemon, check, reason, remedy = "" }) => {
          const said = reason === undefined ? "" : `${reason.code}: ${reason.message}`;
          return `${daemon === null ? "" : `${daemon}, `}${check}: ${said}\n  remedy  ${remedy}`;
        })
        .join("\n"),
      unfinished: [],
    };
  } catch (error) {
    return { ok: false, seconds: seconds(), changes: "", cause: inWords(error, verbose), unfinished: [] };
  }
}
