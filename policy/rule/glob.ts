/** True if the text matches the pattern, in which `*` stands for any characters. Case does not count. */
export function matches(pattern: string, text: string): boolean {
  const expression = pattern.split("*").map(escape).join(".*");
  return new RegExp(`^${expression}$`, "is").test(text);
}

const escape = (literal: string): string => literal.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
