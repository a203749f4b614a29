import { SECRET, SIGNATURE, UNKNOWN } from "../../support/engineMarks";

/** An output value's own mark. */
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

type Properties = Readonly<Record<string, unknown>>;

/** An output of another resource, as the engine hands it to a component. Without a value: not known in a preview. */
export const output = (value?: unknown, { secret = false } = {}): Properties => ({
  [SIGNATURE]: OUTPUT,
  ...(value !== undefined && { value }),
  ...(secret && { secret }),
  dependencies: ["urn:pulumi:test::consumer::test:index:Other::other"],
});

/** True of a value that the engine would keep encrypted. */
export function isSecret(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const signature: unknown = Reflect.get(value, SIGNATURE);
  return signature === SECRET || (signature === OUTPUT && Reflect.get(value, "secret") === true);
}

/** The values without their marks. */
export const opened = (properties: Properties): Properties => open(properties) as Properties;

function open(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(open);
  if (typeof value !== "object" || value === null) return value;
  const signature: unknown = Reflect.get(value, SIGNATURE);
  if (signature === SECRET) return open(Reflect.get(value, "value"));
  if (signature === OUTPUT) return "value" in value ? open(value.value) : UNKNOWN;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, open(inner)]));
}

/** The properties that are known. */
export const withoutUnknowns = (properties: Properties): Properties =>
  Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== UNKNOWN));
