import { text } from "node:stream/consumers";
import { ESLint } from "eslint";

/**
 * Lints texts by the boundaries between packages alone, in one process: loading the rule takes most of the time.
 * Standard input: [{ file, source }], as JSON; standard output: what the rule says of each, as lists of messages.
 */
const eslint = new ESLint({ overrideConfigFile: "eslint.boundaries.mjs" });
const said = [];
for (const { file, source } of JSON.parse(await text(process.stdin))) {
  const [result] = await eslint.lintText(source, { filePath: file });
  said.push(result.messages.map(({ message }) => message));
}
process.stdout.write(JSON.stringify(said));
