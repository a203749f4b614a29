/** The engine's mark of a secret, whose value its events leave out. */
const secretMark = "4dabf18193072939515e22adb298388d";
/** What the engine shows for a value that is known only after the update. */
const unknownMark = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A property as the engine's events carry it, readable: secrets masked, unknown values named. */
export function readable(value: unknown): unknown {
  if (value === unknownMark) {
    return "(known after up)";
  }
  if (Array.isArray(value)) {
    return value.map(readable);
  }
  if (typeof value === "object" && value !== null) {
    return secretMark in value ? "[secret]" : readableProperties(value as Record<string, unknown>);
  }
  return value;
}

/** Whether a secret is left out of a property, at any depth. */
export function holdsSecret(value: unknown): boolean {
  if (typeof value !== "object" || value === null) {
    return false;
  }
  return secretMark in value || Object.values(value).some(holdsSecret);
}

/** All of a resource's properties, readable, without the engine's own. */
export function readableProperties(properties: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([name]) => !name.startsWith("__"))
      .map(([name, value]) => [name, readable(value)]),
  );
}

/** On one line, for a table or a difference. */
export function inline(value: unknown): string {
  return typeof value === "string" ? value : value === undefined ? "(none)" : JSON.stringify(value);
}
