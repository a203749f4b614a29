// Reads what `pulumi refresh --preview-only --json` prints on standard input, writes Markdown and JSON, and prints
// whether Azure differs from the state. Properties are named, and never shown: a value can be a secret.
import { readFileSync, writeFileSync } from "node:fs";
import { cell, stackName } from "./markdown.mjs";

const [markdownFile, jsonFile] = process.argv.slice(2);
const words = { update: "changed", delete: "is gone" };

/** @param {string} text what the engine printed @returns {Record<string, unknown>} its report */
function report(text) {
  try {
    return JSON.parse(text);
  } catch {
    console.error("The engine printed no JSON. Its own message stands above.");
    process.exit(1);
  }
}

/** Where Azure's answer differs in what the program says, as property paths. */
function properties({ op, detailedDiff, diffReasons }) {
  return op === "update"
    ? Object.keys(detailedDiff ?? {})
        .concat(detailedDiff ? [] : (diffReasons ?? []))
        .sort()
    : [];
}

const { steps = [] } = report(readFileSync(0, "utf8"));
const changes = steps
  .filter(({ op }) => op in words)
  .map((step) => {
    const [type, name] = step.urn.split("::").slice(-2);
    return { type: type.split("$").at(-1), name, change: words[step.op], properties: properties(step) };
  })
  // The engine reads in parallel; the same drift has to look the same each night.
  .sort((one, other) => `${one.type} ${one.name}`.localeCompare(`${other.type} ${other.name}`, "en"));

const rows = changes.map(
  ({ type, name, change, properties: paths }) => `| ${[type, name, change, paths.join(", ")].map(cell).join(" | ")} |`,
);
const text =
  changes.length === 0
    ? [`### Stack \`${stackName()}\`: Azure is as it was deployed`]
    : [
        `### Stack \`${stackName()}\`: Azure differs from what was deployed`,
        "",
        "| type | resource | in Azure it | properties |",
        "| --- | --- | --- | --- |",
        ...rows,
      ];

writeFileSync(markdownFile, `${text.join("\n")}\n`);
writeFileSync(
  jsonFile,
  `${JSON.stringify({ version: 1, stack: stackName(), drift: changes.length > 0, changes }, null, 2)}\n`,
);
console.log(changes.length > 0);
