import { type Refusal, write } from "./refusal";

/** Azure Resource Manager's limits. */
const MOST_TAGS = 50;
const LONGEST_VALUE = 256;
export const LONGEST_TAG_NAME = 512;
/** A storage account takes shorter names than other resources. */
export const LONGEST_TAG_NAME_OF_STORAGE = 128;

const RESERVED = /[<>%&\\?/\p{Cc}]/u;

/** What is wrong with tags, and the tag to change; with all of them where none is named. */
export interface TagProblem {
  readonly name?: string;
  readonly given: unknown;
  readonly refusal: Refusal;
}

/** Judges the names of tags, their number, and the values that are known already. */
export function tagProblems(tags: Readonly<Record<string, unknown>>, longestName = LONGEST_TAG_NAME): TagProblem[] {
  const names = Object.keys(tags);
  const tooMany = {
    given: tags,
    refusal: { needed: `at most ${MOST_TAGS} tags, not ${names.length}`, fix: "Remove the others." },
  };
  const words = names.map((name) => name.toLowerCase());
  return [
    ...(names.length > MOST_TAGS ? [tooMany] : []),
    ...names.flatMap((name, index) => {
      const refusal =
        nameRefusal(name, longestName) ??
        (words.indexOf(name.toLowerCase()) < index ? alike(names[words.indexOf(name.toLowerCase())]) : undefined);
      return refusal ? [{ name, given: name, refusal }] : [];
    }),
    ...Object.entries(tags).flatMap(([name, value]) =>
      typeof value === "string" && value.length > LONGEST_VALUE
        ? [
            {
              name,
              given: value,
              refusal: { needed: `text of at most ${LONGEST_VALUE} characters`, fix: "Shorten it." },
            },
          ]
        : [],
    ),
  ];
}

function nameRefusal(name: string, longest: number): Refusal | undefined {
  if (name.trim() !== "" && name.length <= longest && !RESERVED.test(name)) return undefined;
  return {
    needed: `a tag's name of 1 to ${longest} characters without < > % & \\ ? / and control characters`,
    fix: write("cost-centre"),
  };
}

const alike = (first = ""): Refusal => ({
  needed: "names that differ in more than letter case, because Azure reads them in any",
  fix: `"${first}" already exists; remove one of them.`,
});
