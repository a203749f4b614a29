const begin = "<!-- operations -->";
const end = "<!-- /operations -->";

/** What stands between the marks of a page. @throws Error where a mark is missing */
export function sectionOf(page: string): string {
  const [from, to] = marksOf(page);
  return page.slice(from, to).trim();
}

/** The page with a new text between the marks. @throws Error where a mark is missing */
export function withSection(page: string, text: string): string {
  const [from, to] = marksOf(page);
  return `${page.slice(0, from)}\n\n${text}\n\n${page.slice(to)}`;
}

function marksOf(page: string): readonly [from: number, to: number] {
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from === -1 || to < from) {
    throw new Error(`The page has no place for the operations: it needs the lines ${begin} and ${end}.`);
  }
  return [from + begin.length, to];
}
