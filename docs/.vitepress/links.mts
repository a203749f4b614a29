import { posix } from "node:path";

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

/** Where a link leads on the site: undefined for a file of the repository that is no page of it. */
export function linkOf(page: string, href: string): string | undefined {
  const [path = "", anchor] = href.split("#");
  if (/^[a-z]+:/.test(href) || path === "" || path.startsWith("/")) return href;
  const file = posix.normalize(posix.join(posix.dirname(page), path));
  if (file === "README.md") return "/";
  if (!file.endsWith(".md") || /CHANGELOG\.md$|\.api\.md$|^\.changeset\//.test(file)) return undefined;
  return `/${pageOf(file)}${anchor === undefined ? "" : `#${anchor}`}`;
}

interface Token {
  readonly type: string;
  hidden: boolean;
  readonly children: Token[] | null;
  attrGet(name: string): string | null;
  attrSet(name: string, value: string): void;
  tag: string;
  attrs: [string, string][] | null;
}

/** What is used of markdown-it. */
interface Markdown {
  readonly core: {
    readonly ruler: {
      push(
        name: string,
        rule: (state: { readonly tokens: Token[]; readonly env: { readonly path: string } }) => void,
      ): void;
    };
  };
}

/** Writes the links between files as links between pages. Where there is no page, the text stays. */
export function siteLinks(markdown: Markdown, { root, exists }: SiteFiles): void {
  markdown.core.ruler.push("site-links", ({ tokens, env }) => {
    const page = fileOf(posix.relative(root, env.path), exists);
    for (const { children } of tokens) rewriteLinks(children ?? [], page, exists);
  });
}

export interface SiteFiles {
  readonly root: string;
  readonly exists: (file: string) => boolean;
}

function rewriteLinks(tokens: Token[], page: string, exists: (file: string) => boolean): void {
  let dropped = false;
  for (const token of tokens) {
    if (token.type === "link_open") {
      const href = token.attrGet("href") ?? "";
      const link = linkOf(page, href);
      dropped = link === undefined;
      if (link === undefined && !exists(posix.join(posix.dirname(page), href)))
        throw new Error(`${page}: no file ${href}`);
      if (link !== undefined) token.attrSet("href", link);
    }
    if (dropped && (token.type === "link_open" || token.type === "link_close")) {
      token.tag = "span";
      token.attrs = null;
    }
  }
}
