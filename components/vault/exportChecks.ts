import type { Problems } from "../checks/argumentError";
import { objectId } from "../checks/identifiers";
import { firstRepeated, oneOf } from "../checks/oneOf";
import { type Check, write } from "../checks/refusal";
import type { ExportChoicesArgs } from "./credentialArgs";
import { credentialFormats, DATA_LAKE_GEN1_FORMAT } from "./credentialFormats";

export const DEFAULT_READER_TYPE = "ServicePrincipal";
export const readerTypes = ["ServicePrincipal", "Group", "User"] as const;
export const readerType = oneOf("a kind of principal", readerTypes);

export const credentialFormat = oneOf("a credential format", [...credentialFormats.keys()]);

export const storeName: Check = (value) =>
  /^[a-z0-9]{3,24}$/.test(value)
    ? undefined
    : {
        needed: "a Data Lake Storage Gen1 account's name: 3 to 24 small letters and digits",
        fix: write("forecastlake"),
      };

/** Judges formats and readers. */
export function checkExportChoices(problems: Problems, args: ExportChoicesArgs): void {
  const { formats, dataLakeGen1, readers } = args;
  if (formats?.length === 0) {
    problems.refuse("formats", undefined, { needed: "one credential format or more", fix: write("credential") });
  }
  problems.checkEach("formats", formats, credentialFormat);
  refuseRepeated(problems, formats ?? [], (index) => `formats[${index}]`, "format");
  if (formats?.includes(DATA_LAKE_GEN1_FORMAT) && !dataLakeGen1) {
    problems.refuse("dataLakeGen1.storeName", undefined, {
      needed: `the Data Lake Storage Gen1 account that the format ${DATA_LAKE_GEN1_FORMAT} names`,
      fix: write("forecastlake"),
    });
  }
  problems.checkOptional("dataLakeGen1.storeName", dataLakeGen1?.storeName, storeName);
  readers?.forEach((reader, index) => {
    problems.check(`readers[${index}].objectId`, reader.objectId, objectId);
    problems.checkOptional(`readers[${index}].principalType`, reader.principalType, readerType);
  });
  const ids = (readers ?? []).map((reader) => reader.objectId.toLowerCase());
  refuseRepeated(problems, ids, (index) => `readers[${index}].objectId`, "reader");
}

function refuseRepeated(
  problems: Problems,
  words: readonly string[],
  input: (index: number) => string,
  what: string,
): void {
  const repeated = firstRepeated(words);
  if (repeated) {
    problems.refuse(input(repeated.index), repeated.word, { needed: `each ${what} once`, fix: "Remove one of them." });
  }
}
