import { z } from "zod";
import { configurationSchema } from "../schema";

/** What is read of a JSON Schema. */
export interface JsonSchema {
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  required?: string[];
  [keyword: string]: unknown;
}

export interface Leaf {
  readonly path: string;
  readonly required: boolean;
  readonly schema: JsonSchema;
}

/** The moment has no part in the schema's form: it judges dates. */
const ANY_MOMENT = "2027-01-01T00:00:00Z";

/** A managed identity trusts the same workloads as an application, and the reference tells of them once. */
export const TOLD_ELSEWHERE = "daemons[].managedIdentity.federated";

export const settingsSchema = (): JsonSchema => z.toJSONSchema(configurationSchema(ANY_MOMENT)) as JsonSchema;

/** Every setting that holds a value of its own, in the schema's order, with its path as the reference writes it. */
export function leavesOf(schema: JsonSchema, path = "", required = true): Leaf[] {
  if (path === TOLD_ELSEWHERE) return [{ path, required: false, schema }];
  if (schema.properties !== undefined) {
    return Object.entries(schema.properties).flatMap(([name, inner]) =>
      leavesOf(inner, path === "" ? name : `${path}.${name}`, schema.required?.includes(name) === true),
    );
  }
  return schema.items?.properties === undefined
    ? [{ path, required, schema }]
    : leavesOf(schema.items, `${path}[]`, required);
}
