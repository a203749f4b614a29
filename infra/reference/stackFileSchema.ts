import { parse } from "yaml";
import { leavesOf, settingsSchema, type JsonSchema } from "./schemaLeaves";
import { settingTexts, type SettingText } from "./settingTexts";

const NAMESPACE = "azure-daemon-access:";

/** Links and code marks say nothing in an editor's hint. */
const plain = (text: string): string => text.replace(/\[([^\]]+)\]\([^)]+\)/g, "$1").replaceAll("`", "");

function describe(schema: JsonSchema, text: SettingText): void {
  schema["description"] = `${plain(text.what)}. Allowed: ${plain(text.allowed)}.`;
  schema["examples"] = [parse(text.example) as unknown];
}

/** The JSON Schema of `Pulumi.<stack>.yaml`, from which editors complete. Settings of other namespaces are left alone. */
export function stackFileSchema(): JsonSchema {
  const { properties = {}, required = [] } = describedSettings();
  const named = Object.entries(properties).map(([name, schema]) => [`${NAMESPACE}${name}`, schema] as const);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Pulumi.<stack>.yaml of azure-daemon-access",
    type: "object",
    properties: {
      config: {
        type: "object",
        properties: Object.fromEntries(named),
        required: required.map((name) => `${NAMESPACE}${name}`),
        anyOf: [
          { required: [`${NAMESPACE}platformStack`] },
          { required: [`${NAMESPACE}location`, `${NAMESPACE}resourceGroupName`] },
        ],
        patternProperties: { [`^(?!${NAMESPACE})`]: {} },
        additionalProperties: false,
      },
    },
  };
}

function describedSettings(): JsonSchema {
  const settings = settingsSchema();
  const texts = settingTexts();
  for (const { path, schema } of leavesOf(settings)) {
    const text = texts.get(path);
    if (text !== undefined) describe(schema, text);
  }
  return settings;
}
