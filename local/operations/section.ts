/**
 * What stands between the marks of a page's section, as `<!-- operations -->` and `<!-- /operations -->`.
 * @throws Error where a mark is missing
 */
export function sectionOf(page: string, name: string): string {
  const [from, to] = marksOf(page, name);
  return page.slice(from, to).trim();
}

/** The page with a new text between the marks of a section. @throws Error where a mark is missing */
export function withSection(page: string, name: string, text: string): string {
  const [from, to] = marksOf(page, name);
  return `${page.slice(0, from)}\n\n${text}\n\n${page.slice(to)}`;
}

function marksOf(page: string, name: string): readonly [from: number, to: number] {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from === -1 || to < from) {
    throw new Error(`The page has no place for the ${name}: it needs the lines ${begin} and ${end}.`);
  }
  return [from + begin.length, to];
}
