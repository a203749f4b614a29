import { z } from "zod";
import { configurationSchema } from "../../../infra/schema";

/** Every setting that the schema knows, as "daemons[].secret.endDate". */
export const knownSettings = (asOf: string): string[] => leavesOf(configurationSchema(asOf), "");

function leavesOf(schema: unknown, path: string): string[] {
  if (schema instanceof z.ZodObject) {
    return Object.entries(schema.shape).flatMap(([name, inner]) =>
      leavesOf(inner, path === "" ? name : `${path}.${name}`),
    );
  }
  if (schema instanceof z.ZodArray) return leavesOf(schema.element, `${path}[]`);
  if (schema instanceof z.ZodRecord) return [`${path}.*`];
  // An optional setting is one of a type within.
  return schema instanceof z.ZodOptional || schema instanceof z.ZodExactOptional
    ? leavesOf(schema.unwrap(), path)
    : [path];
}

/** The settings in which two configurations differ, in the schema's words. */
export function changedSettings(before: unknown, after: unknown, known: readonly string[]): string[] {
  const old = valuesOf(before, "");
  const next = valuesOf(after, "");
  const paths = new Set([...old.keys(), ...next.keys()]);
  const changed = [...paths].filter((path) => old.get(path) !== next.get(path));
  return [...new Set(changed.map((path) => inSchema(path, known)))].sort();
}

function valuesOf(value: unknown, path: string): Map<string, unknown> {
  if (typeof value !== "object" || value === null) return new Map([[path, value]]);
  const inner = Array.isArray(value)
    ? value.map((each, index): [string, unknown] => [`${path}[${index}]`, each])
    : Object.entries(value).map(([name, each]): [string, unknown] => [path === "" ? name : `${path}.${name}`, each]);
  return new Map(inner.flatMap(([at, each]) => [...valuesOf(each, at)]));
}

function inSchema(path: string, known: readonly string[]): string {
  const bare = path.replaceAll(/\[\d+\]/g, "[]");
  const open = bare.replace(/\.[^.]*$/, ".*");
  return known.includes(open) ? open : bare;
}
