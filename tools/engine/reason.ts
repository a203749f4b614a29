/** Why a pulumi command failed, from what it printed: the line that begins with "error:" and what follows, or its last words. */
export function reasonIn(printed: string): string {
  const text = printed.trim();
  const mark = text.indexOf("error: ");
  if (mark !== -1) return text.slice(mark + "error: ".length).trim();
  return text.split("\n").pop() || "it gave no reason";
}
