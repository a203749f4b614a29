import type { AccessChange } from "../access/accessChange";
import type { Part } from "./part";
import type { Report } from "./schema";

/** The stacks of an estate, those whose preview failed first. */
export function reviewedStacks(parts: readonly Part[]): NonNullable<Report["stacks"]> {
  const failedFirst = [...parts].sort((one, other) => Number(one.ok) - Number(other.ok));
  return failedFirst.map(({ stack, ok, hint, errors, policies }) => {
    const isTold = ok || policies.mandatory.length > 0;
    const reason = [errors[0]?.message, hint].filter((each) => each !== undefined).join(" ");
    return { stack, ok, ...(!isTold && { reason }) };
  });
}

/** Two stacks may each have a daemon of one name, so a change's ID begins with its stack. */
export const ofStacks = (change: AccessChange): AccessChange & { readonly stacks: string[] } => {
  const stacks = [...new Set(change.declaredBy.flatMap((urn) => /^urn:pulumi:([^:]+)::/.exec(urn)?.[1] ?? []))];
  return { ...change, id: `${stacks.join("+")}/${change.id}`, stacks };
};
