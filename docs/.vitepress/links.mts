import { posix } from "node:path";
import type { Markdown } from "./markdownIt.mts";

/** Where a page of the repository lies on the site. */
export const pageOf = (file: string): string => file.replace(/^docs\//, "").replace(/(^|\/)README\.md$/, "$1index.md");

/** The file of a page: the other way round. */
export const fileOf = (page: string, exists: (file: string) => boolean): string =>
  [`docs/${page}`, page.replace(/(^|\/)index\.md$/, "$1README.md")].find(exists) ?? page;

/** As GitHub makes an anchor of a heading, so that a link is right on both. */
export const anchorOf = (heading: string): string =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");

/** Where a link leads: to a page of the site, or to the repository for a file that is no page of it. */
function linkOf(page: string, href: string, { repository, exists }: SiteFiles): string {
  const [path = "", anchor] = href.split("#");
  if (/^[a-z]+:/.test(href) || path === "" || path.startsWith("/")) return href;
  const file = posix.normalize(posix.join(posix.dirname(page), path));
  if (file === "README.md") return "/";
  if (!file.endsWith(".md") || /CHANGELOG\.md$|\.api\.md$|^\.changeset\//.test(file)) {
    if (!exists(file)) throw new Error(`${page}: no file ${href}`);
    return `${repository}/tree/main/${file}`;
  }
  return `/${pageOf(file)}${anchor === undefined ? "" : `#${anchor}`}`;
}

export interface SiteFiles {
  readonly root: string;
  /** Address of the repository. */
  readonly repository: string;
  readonly exists: (file: string) => boolean;
}

/** Writes the links between files as links between pages. */
export function siteLinks(markdown: Markdown, files: SiteFiles): void {
  markdown.core.ruler.push("site-links", ({ tokens, env }) => {
    const page = fileOf(posix.relative(files.root, env.path), files.exists);
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      if (token.type === "link_open") token.attrSet("href", linkOf(page, token.attrGet("href") ?? "", files));
    }
  });
}
