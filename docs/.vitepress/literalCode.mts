import type { Markdown } from "./markdownIt.mts";

/** Keeps Vue from evaluating `{{ … }}` in code between backticks: VitePress does so for fenced code only. */
export function literalCode(markdown: Markdown): void {
  markdown.core.ruler.push("literal-code", ({ tokens }) => {
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      if (token.type === "code_inline") token.attrSet("v-pre", "");
    }
  });
}
