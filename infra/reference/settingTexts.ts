import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

const texts = z.record(
  z.string(),
  z.strictObject({
    /** Absent where the setting is required. */
    default: z.string().optional(),
    what: z.string(),
    allowed: z.string(),
    /** As YAML writes it. */
    example: z.string(),
  }),
);

export type SettingText = z.infer<typeof texts>[string];

/** What the reference says of each setting: path to text. */
export const settingTexts = (): ReadonlyMap<string, SettingText> =>
  new Map(Object.entries(texts.parse(parse(readFileSync(join(__dirname, "settings.yaml"), "utf8")))));
