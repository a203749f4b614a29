import { z } from "zod";
import { scenarioSchema } from "../../azure/conditions/faults/scenarioSchema";
import { shippedScenarios } from "../../azure/conditions/faults/scenarioFiles";

interface Field {
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Field>>;
  readonly items?: Field;
}

/** The JSON Schema of a scenario's file, for editors. Rules across fields are checked when it is loaded. */
export const scenarioJsonSchema = (): Field => ({
  ...(z.toJSONSchema(scenarioSchema, { io: "input" }) as Field),
  title: "A fault scenario of local Azure",
});

/** The page of the fault scenarios: those that come with local Azure, and what a rule may have. */
export function faultsPage(): string {
  const rule = scenarioJsonSchema().properties?.["rules"]?.items?.properties ?? {};
  const answer = rule["answer"]?.properties ?? {};
  return [
    "# Fault scenarios",
    "",
    "<!-- Generated from local/faults by `npm run docs -- generate`. -->",
    "",
    "What `--faults` takes: the name of a scenario that comes with local Azure, or the path of a file of your own.",
    "[Test against Azure faults](../how-to/bad-day.md) shows how.",
    "",
    "## Scenarios that come with local Azure",
    "",
    "| name | what it stands for |",
    "| --- | --- |",
    ...shippedScenarios().map(
      ({ name, description }) => `| [${name}](../../local/faults/${name}.yaml) | ${description} |`,
    ),
    "",
    "## A scenario's file",
    "",
    "YAML or JSON: `description`, a sentence, and `rules`. For each request the rules are tried in order, and the first that",
    "matches and is due hits it. `local/faults/scenario.schema.json` is the JSON Schema, for editors.",
    "",
    ...table(rule),
    "",
    "A rule has one of `answer`, `before` and `after`, or only `delayMs`. `after` is `lost`, `half`, `{ slowMs: <milliseconds> }` or",
    "`{ merge: <patch> }`.",
    "",
    "### `answer`",
    "",
    "`code` and `message` are put into the envelope of the service that the request is for: Entra ID's, Microsoft Graph's, Resource",
    "Manager's, Key Vault's, the lake's in JSON or XML, Gen1's.",
    "",
    ...table(answer),
    "",
    "In the texts of an answer, `{name}` is replaced by the part of the path with that name; `{clientId}` and `{objectId}` by the caller's;",
    "`{tenantId}`, `{subscriptionId}`, `{host}`, `{account}` (the first part of the host), `{path}`, `{url}`, `{requestId}` by",
    "what they name.",
    "",
  ].join("\n");
}

const table = (fields: Readonly<Record<string, Field>>): readonly string[] => [
  "| field | meaning |",
  "| --- | --- |",
  ...Object.entries(fields).map(([name, field]) => `| \`${name}\` | ${meaning(field)} |`),
];

function meaning({ description = "See below.", default: otherwise, enum: choices }: Field): string {
  const allowed =
    choices === undefined ? "" : ` One of ${choices.map((choice) => `\`${String(choice)}\``).join(", ")}.`;
  return `${description.replaceAll("|", "\\|").replaceAll("<", "&lt;")}${allowed}${otherwise === undefined ? "" : ` Default: \`${JSON.stringify(otherwise)}\`.`}`;
}
