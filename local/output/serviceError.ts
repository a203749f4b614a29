import type { Diagnostic } from "./operationLog";

/** An error of a service, and what to do about it. */
export interface ServiceError {
  /** The heading in the runbook that has its cause and its fix at length. */
  readonly entry: string;
  readonly message: RegExp;
  /** Types of the resources that it is about, as "azuread.Application"; every type where there are none. */
  readonly types?: readonly string[];
  /** What to do, in a sentence or two; by the words of the message where it is a function of its groups. */
  readonly remedy: string | ((groups: readonly string[]) => string);
}

/** The remedy of the first that fits. */
export function remedyAmong(
  errors: readonly ServiceError[],
  { type = "", message }: Pick<Diagnostic, "type" | "message">,
): string | undefined {
  for (const { message: pattern, types, remedy } of errors) {
    if (types !== undefined && !types.includes(type)) continue;
    const found = pattern.exec(message);
    if (found) return typeof remedy === "string" ? remedy : remedy(found.slice(1));
  }
  return undefined;
}
