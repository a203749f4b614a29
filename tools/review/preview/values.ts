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

/** The engine's mark of a value with a meaning of its own, such as a secret. */
const signature = "4dabf18193072939515e22adb298388d";
/** What the engine writes for a value that is pending: one text for each kind of value. */
const pendingMarks: ReadonlySet<unknown> = new Set([
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** Reads one property. Whatever bears a mark of the engine's counts as a secret; what stood there goes to `found`. */
export function valueOf(raw: unknown, found: (text: string) => void): Value {
  if (pendingMarks.has(raw)) return pending;
  if (raw === null || typeof raw === "string" || typeof raw === "number" || typeof raw === "boolean") return raw;
  if (Array.isArray(raw)) return raw.map((each) => valueOf(each, found));
  if (typeof raw !== "object") return undefined;
  if (signature in raw) {
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
    if (name === signature || typeof value !== "string") return [];
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
