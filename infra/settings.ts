import { z } from "zod";
import type { Check, Refusal } from "../components/checks/refusal";

/** Building blocks of the configuration's schema. Each says in its message what is needed and what to write. */

const sentence = ({ needed, fix }: Refusal): string => `needed ${needed}. ${fix}`;

/** The message for a value of the wrong kind, or none at all. */
const told = (refusal: Refusal | undefined): { error: () => string } => ({
  error: () => (refusal ? sentence(refusal) : "needed something else. See Pulumi.yaml."),
});

/** A refinement that tells what a check says, of the value itself or of one within it. */
export const judgedBy =
  <T>(check: Check<T>, path: readonly PropertyKey[] = []) =>
  (value: T, context: z.RefinementCtx): void => {
    const refusal = check(value);
    // A copy: zod puts what leads here before the path, into the very list that it is given.
    if (refusal) context.addIssue({ code: "custom", path: [...path], message: sentence(refusal) });
  };

export const text = (check: Check): z.ZodString => z.string(told(check(""))).superRefine(judgedBy(check));

export const number = (check: Check<number>): z.ZodNumber =>
  z.number(told(check(Number.NaN))).superRefine(judgedBy(check));

export const flag = (): z.ZodBoolean => z.boolean(told({ needed: "true or false", fix: "Write it without quotes." }));

/** A list of one or more. */
export const listOf = <T extends z.ZodType>(what: string, element: T): z.ZodArray<T> => {
  const refusal = { needed: `a list of ${what}, one or more`, fix: "Write each on a line of its own after a dash." };
  return z.array(element, told(refusal)).min(1, told(refusal));
};

/** A list that may be empty. */
export const anyListOf = <T extends z.ZodType>(what: string, element: T): z.ZodArray<T> =>
  z.array(element, told({ needed: `a list of ${what}`, fix: "Write each on a line of its own after a dash." }));

/** Settings under names that are fixed. An unknown name's issue carries the known ones as its message. */
export const group = <T extends z.ZodRawShape>(what: string, shape: T): z.ZodObject<T, z.core.$strict> => {
  const names = Object.keys(shape).join(", ");
  const refusal = { needed: `${what}: a group of settings`, fix: `Its settings are ${names}.` };
  return z.strictObject(shape, {
    error: (issue) => (issue.code === "unrecognized_keys" ? names : sentence(refusal)),
  });
};

/** Settings under names of the user's choice. */
export const tagsOf = (check: Check): z.ZodRecord<z.ZodString, z.ZodString> =>
  z.record(
    z.string(),
    text(check),
    told({ needed: "tags: names, each with its text", fix: "Write them as name: text." }),
  );
