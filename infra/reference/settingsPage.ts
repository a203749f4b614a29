import { leavesOf, settingsSchema, type Leaf } from "./schemaLeaves";
import { settingTexts, type SettingText } from "./settingTexts";

const INTRODUCTION = `---
aside: false
---

# Settings

The settings of a stack are in \`Pulumi.<stack>.yaml\`, under the namespace \`azure-daemon-access\`. All of them are checked
before anything is registered, and every problem is reported at once. Put dates in quotes.

This page is generated from the schema (\`infra/schema.ts\`) by \`npm run docs\`. The same schema is written to
\`infra/Pulumi.stack.schema.json\`. An editor with a YAML language server completes settings after this first line:

\`\`\`yaml
# yaml-language-server: $schema=./infra/Pulumi.stack.schema.json
config:
  azure-daemon-access:location: westeurope
  azure-daemon-access:resourceGroupName: rg-daemons
  azure-daemon-access:daemons:
    - name: forecast-loader
      secret:
        rotation:
          startsAt: "2026-01-01T00:00:00Z"
\`\`\`

\`required\` in an object means: where the object is given. \`machineLearning: {}\` asks for the defaults.
`;

const row = ({ path, required }: Leaf, text: SettingText): string =>
  `| \`${path}\` | ${required ? "required" : (text.default ?? "required")} | ${text.what} | ${text.allowed} | \`${text.example}\` |`;

/** docs/reference/settings.md. Throws where the schema and the texts don't have the same settings. */
export function settingsPage(): string {
  const texts = new Map(settingTexts());
  const rows = leavesOf(settingsSchema()).map((leaf) => {
    const text = texts.get(leaf.path);
    if (text === undefined) throw new Error(`infra/reference/settings.yaml has no ${leaf.path}.`);
    texts.delete(leaf.path);
    return row(leaf, text);
  });
  if (texts.size > 0) throw new Error(`The schema has no ${[...texts.keys()].join(", ")}.`);
  const table = ["| setting | default | what | allowed | example |", "| --- | --- | --- | --- | --- |", ...rows];
  return `${INTRODUCTION}\n<!-- configuration -->\n\n${table.join("\n")}\n\n<!-- /configuration -->\n`;
}
