import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { pages, read, root } from "./pages";

interface Link {
  readonly page: string;
  readonly target: string;
}

/** Links within the project; code is left out, as nothing in it is a link. */
const links: readonly Link[] = pages.flatMap((page) =>
  [...withoutCode(read(page)).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = ""]) => ({ page, target }))
    .filter(({ target }) => !/^https?:/.test(target)),
);

function withoutCode(text: string): string {
  return text.replace(/^```[\s\S]*?^```/gm, "").replace(/`[^`\n]*`/g, "");
}

/** As GitHub makes an anchor of a heading. */
const anchorsOf = (page: string): string[] =>
  [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );

describe("links within the project", () => {
  it.each(links)("$page leads to $target", ({ page, target }) => {
    const [file = "", anchor] = target.split("#");
    const found = file === "" ? page : join(dirname(page), file);
    expect(existsSync(join(root, found))).toBe(true);
    if (anchor !== undefined) expect(anchorsOf(found)).toContain(anchor);
  });

  it("are there to be followed", () => {
    expect(links.length).toBeGreaterThan(20);
  });
});
