import { exitCodes, UserError } from "../userError";

/** A setting of a namespace, and the way to a value in it. */
interface Override {
  /** As in the stack's file, "azure-daemon-access:daemons". */
  readonly setting: string;
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

const step = /^(?:\.([^.[\]"]+)|\[(\d+)\]|\["([^"]+)"\])/;

/**
 * The settings with others in place of some of their values.
 *
 * @param settings by name with its namespace, as the stack's file has them
 * @param overrides "key=value", where the key may lead into lists and groups: `daemons[1].graph.consent=grant`. Keys
 *   without a namespace belong to the project's. A value that begins with "[" or "{" is JSON; within a structure
 *   `true`, `false` and whole numbers are what they look like, and all else is text.
 * @throws UserError that lists what can't be applied
 */
export function withOverrides(
  settings: Readonly<Record<string, unknown>>,
  overrides: readonly string[],
  namespace: string,
): Record<string, unknown> {
  const problems: string[] = [];
  let result: Record<string, unknown> = { ...settings };
  for (const text of overrides) {
    try {
      const { setting, path, value } = parse(text, namespace);
      result = { ...result, [setting]: placed(result[setting], path, value, setting) };
    } catch (error) {
      if (!(error instanceof OverrideProblem)) {
        throw error;
      }
      problems.push(`--config ${text.slice(0, text.indexOf("="))}: ${error.message}`);
    }
  }
  if (problems.length > 0) {
    throw new UserError(problems.join("\n"), exitCodes.usage);
  }
  return result;
}

class OverrideProblem extends Error {}

function parse(text: string, namespace: string): Override {
  const equals = text.indexOf("=");
  const key = text.slice(0, equals);
  const [, given, name = "", rest = ""] = /^(?:([\w-]+):)?([\w-]+)(.*)$/.exec(key) ?? [];
  if (name === "") {
    throw new OverrideProblem("is not a key. Write it as lake.sku or daemons[0].graph.consent.");
  }
  const path = steps(rest);
  return { setting: `${given ?? namespace}:${name}`, path, value: valueOf(text.slice(equals + 1), path.length > 0) };
}

function steps(text: string): (string | number)[] {
  const path: (string | number)[] = [];
  for (let rest = text; rest !== "";) {
    const [whole, name, index, quoted] = step.exec(rest) ?? [];
    if (whole === undefined) {
      throw new OverrideProblem(`"${rest}" is not a path. Write .name, [0] or ["a.name"].`);
    }
    path.push(index === undefined ? (name ?? quoted ?? "") : Number(index));
    rest = rest.slice(whole.length);
  }
  return path;
}

function valueOf(text: string, inStructure: boolean): unknown {
  if (/^[[{]/.test(text)) {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      throw new OverrideProblem("its value begins like JSON and is none. Check its quotes and brackets.");
    }
  }
  const plain = /^(true|false|0|-?[1-9]\d*)$/.test(text);
  return inStructure && plain ? (JSON.parse(text) as unknown) : text;
}

function placed(target: unknown, path: readonly (string | number)[], value: unknown, at: string): unknown {
  const [next, ...rest] = path;
  if (next === undefined) {
    return value;
  }
  if (typeof next === "number") {
    const list = listAt(target, next, at);
    return list.toSpliced(next, 1, placed(list[next], rest, value, `${at}[${next}]`));
  }
  const group = groupAt(target, at);
  return { ...group, [next]: placed(group[next], rest, value, `${at}.${next}`) };
}

function listAt(target: unknown, index: number, at: string): readonly unknown[] {
  const list = target ?? [];
  if (!Array.isArray(list)) {
    throw new OverrideProblem(`${at} is not a list, so it has no [${index}].`);
  }
  if (index > list.length) {
    throw new OverrideProblem(
      `${at} has ${list.length} entries. Give an index from 0 to ${list.length}, which adds one.`,
    );
  }
  return list as unknown[];
}

function groupAt(target: unknown, at: string): Readonly<Record<string, unknown>> {
  const group = target ?? {};
  if (typeof group !== "object" || Array.isArray(group)) {
    throw new OverrideProblem(`${at} is not an object, so nothing can be set in it.`);
  }
  if ("secure" in group) {
    throw new OverrideProblem(`${at} is encrypted, so nothing can be set in it. Give all of it.`);
  }
  return group as Record<string, unknown>;
}
