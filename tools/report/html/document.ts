import { createHash } from "node:crypto";
import type { AccessReport } from "../model/schema";
import type { PageParts } from "./bundle";

/** The whole report as one file, which fetches nothing: its script and its style are named by their hashes. */
export function htmlDocument(report: AccessReport, { script, style }: PageParts): string {
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const title = `Access report: ${report.stacks.map(({ id }) => id).join(", ")}`;
  return [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="referrer" content="no-referrer">',
    `<title>${escaped(title)}</title>`,
    `<style>${style}</style>`,
    "</head>",
    "<body>",
    '<div id="app"><p>This report needs JavaScript. The same data without it: <code>daemon-access report --json</code>.</p></div>',
    `<script type="application/json" id="data">${json(report)}</script>`,
    `<script>${script}</script>`,
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

const hashOf = (text: string): string => `sha256-${createHash("sha256").update(text).digest("base64")}`;

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** JSON that can't end the element that it stands in. */
const json = (value: unknown): string => JSON.stringify(value).replaceAll("<", String.raw`\u003c`);
