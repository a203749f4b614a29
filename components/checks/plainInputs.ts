import * as pulumi from "@pulumi/pulumi";
import pendingInputs from "./pendingInputs.json";
import type { Refusal } from "./refusal";

const pending: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(pendingInputs));

/** Why an argument that decides what is declared can't be the output of a resource. */
export const PLAIN: Refusal = {
  needed: "a value that is known before anything is deployed, because it decides what is declared",
  fix: "Write the value itself, or take it from the configuration: an Output, or a Promise, is known too late.",
};

export const isPending = (value: unknown): boolean => pulumi.Output.isInstance(value) || value instanceof Promise;

/** The inputs of a component that are outputs or promises where only plain values work. */
export function pendingWherePlain(component: string, args: unknown): string[] {
  const allowed = pending.get(component) ?? [];
  const look = (value: unknown, path: string, pattern: string): string[] => {
    if (allowed.includes(pattern)) return [];
    if (isPending(value)) return [path];
    if (Array.isArray(value)) return value.flatMap((each, index) => look(each, `${path}[${index}]`, `${pattern}[]`));
    // A component in the place of its IDs is looked at no further: it has outputs where they may be.
    if (typeof value !== "object" || value === null || pulumi.Resource.isInstance(value)) return [];
    return Object.entries(value).flatMap(([name, inner]: [string, unknown]) => {
      const own = path === "" ? name : `${path}.${name}`;
      if (allowed.includes(`${pattern}{}`)) return [];
      return look(inner, own, pattern === "" ? name : `${pattern}.${name}`);
    });
  };
  return look(args, "", "");
}
