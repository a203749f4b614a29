import { z } from "zod";
import { LONGEST_TAG_NAME_OF_STORAGE, tagProblems } from "../components/checks/tags";
import type { Check, Refusal } from "../components/checks/refusal";

/** Building blocks of the configuration's schema. Each says in its message what is needed and what to write. */

const sentence = ({ needed, fix }: Refusal): string => `needed ${needed}. ${fix}`;

/** The message for a value of the wrong kind, or none at all; what a value means that is only written in another way. */
const told = (
  refusal: Refusal | undefined,
  meant: (given: unknown) => Refusal | undefined = () => undefined,
): { error: (issue: { readonly input?: unknown }) => string } => ({
  error: ({ input }) => {
    const told = meant(input) ?? refusal;
    return told ? sentence(told) : "needed something else. See Pulumi.yaml.";
  },
});

/** A number in quotes, as YAML and JSON read it. */
const meantNumber = (given: unknown): Refusal | undefined =>
  typeof given === "string" && /^-?\d+(?:\.\d+)?$/.test(given.trim())
    ? { needed: "a number", fix: `Write ${given.trim()}, without quotes.` }
    : undefined;

const meantFlag = (given: unknown): Refusal | undefined =>
  typeof given === "string" && /^(?:true|false)$/i.test(given.trim())
    ? { needed: "true or false", fix: `Write ${given.trim().toLowerCase()}, without quotes.` }
    : undefined;

const meantText = (given: unknown): Refusal | undefined =>
  typeof given === "number" || typeof given === "boolean"
    ? { needed: "a text", fix: `Put it in quotes: "${given}".` }
    : undefined;

/** A refinement that tells what a check says, of the value itself or of one within it. */
export const judgedBy =
  <T>(check: Check<T>, path: readonly PropertyKey[] = []) =>
  (value: T, context: z.RefinementCtx): void => {
    const refusal = check(value);
    // A copy: zod puts what leads here before the path, into the very list that it is given.
    if (refusal) context.addIssue({ code: "custom", path: [...path], message: sentence(refusal) });
  };

export const text = (check: Check): z.ZodString => z.string(told(check(""), meantText)).superRefine(judgedBy(check));

export const number = (check: Check<number>): z.ZodNumber =>
  z.number(told(check(Number.NaN), meantNumber)).superRefine(judgedBy(check));

export const flag = (): z.ZodBoolean =>
  z.boolean(told({ needed: "true or false", fix: "Write one of these." }, meantFlag));

/** A list of one or more. @param what they are, in the plural @param fix what to do where there is none */
export const listOf = <T extends z.ZodType>(
  what: string,
  element: T,
  fix = "Write each on a line of its own after a dash.",
): z.ZodArray<T> => {
  const refusal = { needed: `a list of ${what}, one or more`, fix };
  return z.array(element, told(refusal)).min(1, told({ needed: `at least one ${what.replace(/s$/, "")}`, fix }));
};

/** A list that may be empty. */
export const anyListOf = <T extends z.ZodType>(what: string, element: T): z.ZodArray<T> =>
  z.array(element, told({ needed: `a list of ${what}`, fix: "Write each on a line of its own after a dash." }));

/** Settings under names that are fixed. An unknown name's issue carries the known ones as its message. */
export const group = <T extends z.ZodRawShape>(what: string, shape: T): z.ZodObject<T, z.core.$strict> => {
  const names = Object.keys(shape).join(", ");
  const refusal = { needed: `${what}: an object`, fix: `Its settings are ${names}.` };
  return z.strictObject(shape, {
    error: (issue) => (issue.code === "unrecognized_keys" ? names : sentence(refusal)),
  });
};

/** Settings under names of the user's choice. */
export const tagsOf = (check: Check): z.ZodRecord<z.ZodString, z.ZodString> =>
  z
    .record(
      z.string(),
      text(check),
      told({ needed: "tags: names, each with its text", fix: "Write them as name: text." }),
    )
    .superRefine((tags, context) => {
      for (const { name, refusal } of tagProblems(tags, LONGEST_TAG_NAME_OF_STORAGE)) {
        context.addIssue({ code: "custom", path: name === undefined ? [] : [name], message: sentence(refusal) });
      }
    });
