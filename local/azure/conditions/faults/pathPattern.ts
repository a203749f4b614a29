/** Matches paths against a pattern: `{name}` for one segment, `**` for any number of them. */
export interface PathPattern {
  /** The segments that the names stand for; undefined where the path does not match. */
  match(path: string): Readonly<Record<string, string>> | undefined;
}

const part = /\*\*|\{([A-Za-z]+)\}/g;

/** The names in a pattern; a sentence where it is none. */
export function capturesOf(pattern: string): readonly string[] | string {
  const names = [...pattern.matchAll(part)].flatMap(([, name]) => name ?? []);
  if (/[*{}]/.test(pattern.replace(part, ""))) {
    return "in a path {name} stands for one segment and ** for any number of them; no other * { } is allowed";
  }
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  return twice === undefined ? names : `{${twice}} stands in the path twice`;
}

export function pathPattern(pattern: string): PathPattern {
  const expression = new RegExp(
    `^${pattern
      .split(/(\*\*|\{[A-Za-z]+\})/)
      .map((text) => (text === "**" ? ".*" : text.startsWith("{") ? `(?<${text.slice(1, -1)}>[^/]+)` : literal(text)))
      .join("")}$`,
    "i",
  );
  return {
    match: (path) => {
      const found = expression.exec(path);
      return found === null ? undefined : { ...found.groups };
    },
  };
}

const literal = (text: string): string => text.replace(/[\\^$.|?+()[\]]/g, "\\$&");
