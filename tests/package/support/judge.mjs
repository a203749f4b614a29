// Both judges are published as ES modules alone.
import { readFileSync } from "node:fs";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";

/** Prints what publint and arethetypeswrong have against a package's tarball, as JSON. */
const bytes = Uint8Array.from(readFileSync(process.argv[2]));
const { messages, pkg } = await publint({ pack: { tarball: bytes.buffer }, level: "warning", strict: true });
const { types, problems = [] } = await checkPackage(createPackageFromTarballData(bytes));
process.stdout.write(
  JSON.stringify({
    publint: messages.map((message) => formatMessage(message, pkg)),
    areTheTypesWrong: types === false ? ["There are no types."] : problems,
  }),
);
