import type { PolicyConfigSchema } from "@pulumi/policy";

/** One thing a team may tune: its JSON schema, and how it is read. */
export interface Setting<T> {
  readonly schema: PolicyConfigSchema["properties"][string] & { readonly description: string };
  readonly read: (given: unknown) => T;
}

export type Settings = Readonly<Record<string, Setting<unknown>>>;
export type SettingValues<S extends Settings> = { readonly [K in keyof S]: S[K] extends Setting<infer T> ? T : never };

export function wholeNumber(fallback: number, description: string): Setting<number> {
  return {
    schema: { type: "integer", minimum: 1, default: fallback, description },
    read: (given) => (typeof given === "number" ? given : fallback),
  };
}

export function flag(fallback: boolean, description: string): Setting<boolean> {
  return {
    schema: { type: "boolean", default: fallback, description },
    read: (given) => (typeof given === "boolean" ? given : fallback),
  };
}

export function texts(fallback: readonly string[], description: string): Setting<readonly string[]> {
  return {
    schema: { type: "array", items: { type: "string" }, default: [...fallback], description },
    read: (given) => (Array.isArray(given) ? given.filter((one) => typeof one === "string") : fallback),
  };
}

/** A map from text to text. */
export function textByName(description: string): Setting<ReadonlyMap<string, string>> {
  return {
    schema: { type: "object", additionalProperties: { type: "string" }, default: {}, description },
    read: (given) =>
      new Map(
        Object.entries(typeof given === "object" && given !== null ? given : {}).filter(
          (entry): entry is [string, string] => typeof entry[1] === "string",
        ),
      ),
  };
}

/** A date with its time, or undefined if none is given. */
export function optionalMoment(description: string): Setting<Date | undefined> {
  return {
    schema: { type: "string", format: "date-time", description },
    read: (given) => (typeof given === "string" && !Number.isNaN(Date.parse(given)) ? new Date(given) : undefined),
  };
}

/** The moment a rule judges dates at. */
export const asOf: Setting<Date> = {
  schema: {
    type: "string",
    format: "date-time",
    description: "The moment that dates are judged at, for a program that fixes its own. Default: now.",
  },
  read: (given) => (typeof given === "string" && !Number.isNaN(Date.parse(given)) ? new Date(given) : new Date()),
};

export function readSettings<S extends Settings>(settings: S, config: Readonly<Record<string, unknown>>) {
  const values = Object.entries(settings).map(([name, setting]) => [name, setting.read(config[name])] as const);
  return Object.fromEntries(values) as SettingValues<S>;
}
