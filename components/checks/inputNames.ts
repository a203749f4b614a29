/** Gives a refusal's line, which begins with a component's input, the name that the reader knows. */
type NameLine = (line: string) => string;

const names = new Map<string, NameLine>();
const keyOf = (component: string, name: string): string => `${component} ${name}`;

/**
 * From now on the refusals of one component name its inputs as the program's users do, who write settings and see no
 * component.
 */
export function nameInputs(component: string, name: string, nameLine: NameLine): void {
  names.set(keyOf(component, name), nameLine);
}

/** A refusal's line as the reader knows the input. */
export const namedLine = (component: string, name: string, line: string): string =>
  (names.get(keyOf(component, name)) ?? String)(line);
