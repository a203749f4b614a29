import { signatureKey, unknownMarks } from "../../engine/marks";

/** A value whose content is never looked at. */
export const secret = Symbol("secret");
/** A value that is known only once something else is made. */
export const pending = Symbol("pending");

/** A property as a preview tells it. */
export type Value =
  | string
  | number
  | boolean
  | null
  | undefined
  | typeof secret
  | typeof pending
  | readonly Value[]
  | { readonly [name: string]: Value };

export type ValueMap = Readonly<Record<string, Value>>;

/** Reads one property. Whatever bears a mark of the engine's counts as a secret; what stood there goes to `found`. */
export function valueOf(raw: unknown, found: (text: string) => void): Value {
  if (unknownMarks.has(raw)) return pending;
  if (raw === null || typeof raw === "string" || typeof raw === "number" || typeof raw === "boolean") return raw;
  if (Array.isArray(raw)) return raw.map((each) => valueOf(each, found));
  if (typeof raw !== "object") return undefined;
  if (signatureKey in raw) {
    textsIn(raw).forEach(found);
    return secret;
  }
  return valuesOf(raw as Record<string, unknown>, found);
}

/** Reads a resource's properties, without those that the SDK keeps for itself. */
export function valuesOf(raw: Readonly<Record<string, unknown>>, found: (text: string) => void): ValueMap {
  const ours = Object.entries(raw).filter(([name]) => !name.startsWith("__"));
  return Object.fromEntries(ours.map(([name, value]) => [name, valueOf(value, found)]));
}

/** The texts of a marked value. A plain text is written there as JSON, so both forms are told. */
function textsIn(marked: object): string[] {
  return Object.entries(marked).flatMap(([name, value]) => {
    if (name === signatureKey || typeof value !== "string") return [];
    return [value, ...decoded(value)];
  });
}

function decoded(text: string): string[] {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "string" ? [value] : [];
  } catch {
    return [];
  }
}
