import type { Problems } from "../checks/argumentError";
import { objectId } from "../checks/identifiers";
import { firstRepeated, oneOf } from "../checks/oneOf";
import { type Check, type Refusal, write } from "../checks/refusal";
import { type CredentialKind, type GivenKinds, kindsIn, kindsInWords, kindsProblem } from "../identity/credentialKinds";
import type { PrivateKeyPlace } from "../identity/privateKeys";
import { secretUri } from "../stack/outputChecks";
import { secretOf } from "../stack/secretId";
import type { ExportChoicesArgs } from "./credentialArgs";
import type { VaultIdentity } from "./vaultIdentity";
import { credentialFormats, DATA_LAKE_GEN1_FORMAT, DEFAULT_FORMAT, formatsFor } from "./credentialFormats";

export const DEFAULT_READER_TYPE = "ServicePrincipal";
export const readerTypes = ["ServicePrincipal", "Group", "User"] as const;
export const readerType = oneOf("a kind of principal", readerTypes);

export const credentialFormat = oneOf("a credential format", [...credentialFormats.keys()]);

export const storeName: Check = (value) =>
  /^[a-z0-9]{3,24}$/.test(value)
    ? undefined
    : {
        needed: "a Data Lake Storage Gen1 account's name: 3 to 24 lowercase letters and digits",
        fix: write("forecastlake"),
      };

/** Why a daemon with these kinds of credential is not delivered in a known format; `undefined` where it can be. */
export function formatRefusal(format: string, kinds: readonly CredentialKind[]): Refusal | undefined {
  const carries = credentialFormats.get(format)?.carries ?? kinds;
  if (kinds.length === 0 || carries.some((kind) => kinds.includes(kind))) return undefined;
  const possible = formatsFor(kinds).map((name) => `"${name}"`);
  return {
    needed: `a format for a daemon with ${kindsInWords(kinds, "and")}: ${possible.join(", ")}`,
    fix: `${format} carries ${kindsInWords(carries, "or")}; choose one of these, or give the daemon what it carries.`,
  };
}

/** Judges that there is a credential to tell of, that the formats can carry it, and the readers. */
export function checkExportChoices(problems: Problems, args: ExportChoicesArgs & GivenKinds): void {
  const { formats, dataLakeGen1, readers } = args;
  const problem = kindsProblem(args);
  if (problem) problems.refuse(problem.input, problem.given, problem.refusal);
  formats?.forEach((format, index) => {
    const refusal = formatRefusal(format, kindsIn(args));
    if (refusal) problems.refuse(`formats[${index}]`, format, refusal);
  });
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
    checkReadersFormats(problems, `readers[${index}].formats`, reader.formats, formats);
  });
  const ids = (readers ?? []).map((reader) => reader.objectId.toLowerCase());
  refuseRepeated(problems, ids, (index) => `readers[${index}].objectId`, "reader");
}

/** Judges that private keys lie in the vault whose readers are to get them, as far as both are known already. */
export function checkPrivateKeys(
  problems: Problems,
  input: (index: number) => string,
  places: readonly PrivateKeyPlace[],
  { vaultId }: VaultIdentity,
): void {
  if (typeof vaultId !== "string") return;
  places.forEach(({ secretUri: uri }, index) => {
    if (typeof uri === "string" && !secretUri(uri)) problems.check(input(index), uri, secretOf(vaultId));
  });
}

/** A reader's formats are some of those that are written. */
function checkReadersFormats(
  problems: Problems,
  input: string,
  wanted: readonly string[] | undefined,
  written: readonly string[] = [DEFAULT_FORMAT],
): void {
  if (wanted === undefined) return;
  if (wanted.length === 0) {
    problems.refuse(input, undefined, {
      needed: "one format or more, or no formats for all of them",
      fix: write(DEFAULT_FORMAT),
    });
  }
  problems.checkEach(input, wanted, oneOf("a format that the credential is written in", written));
  refuseRepeated(problems, wanted, (index) => `${input}[${index}]`, "format");
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
