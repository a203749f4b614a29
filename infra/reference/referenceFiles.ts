import { join } from "node:path";
import { settingsPage } from "./settingsPage";
import { stackFileSchema } from "./stackFileSchema";

const root = join(__dirname, "..", "..");

/** What is generated from the schema of the settings: file to content. */
export const referenceFiles = (): ReadonlyMap<string, string> =>
  new Map([
    [join(root, "docs/reference/settings.md"), settingsPage()],
    [join(root, "infra/Pulumi.stack.schema.json"), `${JSON.stringify(stackFileSchema(), undefined, 2)}\n`],
  ]);
