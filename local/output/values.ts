import { signatureKey, unknownText } from "../../tools/engine/marks";

/** A property as the engine's events carry it, readable: secrets masked, unknown values named. */
export function readable(value: unknown): unknown {
  if (value === unknownText) {
    return "(known after up)";
  }
  if (Array.isArray(value)) {
    return value.map(readable);
  }
  if (typeof value === "object" && value !== null) {
    return signatureKey in value ? "[secret]" : readableProperties(value as Record<string, unknown>);
  }
  return value;
}

/** Whether a secret is left out of a property, at any depth. */
export function holdsSecret(value: unknown): boolean {
  if (typeof value !== "object" || value === null) {
    return false;
  }
  return signatureKey in value || Object.values(value).some(holdsSecret);
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
