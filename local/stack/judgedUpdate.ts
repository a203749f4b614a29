import type { OperationResult } from "../output/operationResult";
import type { Verdict } from "./verdict";

/**
 * An update that is judged as a whole before anything is made: the engine judges each resource of an update when its
 * turn comes, and those before it are made by then.
 *
 * @param steps `plan` previews, `update` updates; policies judge both
 */
export async function judgedUpdate(
  verdict: Pick<Verdict, "stands" | "keep" | "forget">,
  steps: { readonly plan: () => Promise<OperationResult>; readonly update: () => Promise<OperationResult> },
): Promise<OperationResult> {
  if (!verdict.stands()) {
    const plan = await steps.plan();
    if (!plan.ok || plan.interrupted) {
      return { ...plan, kind: "up", steps: [], outputs: undefined };
    }
    verdict.keep();
  }
  const result = await steps.update();
  if (result.violations.some(({ level }) => level === "mandatory")) {
    verdict.forget();
  }
  return result;
}
