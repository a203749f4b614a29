import type { Value } from "../server/values";
import { rfc3339Problem } from "./goTime";

/** Says what is wrong with a text, after the attribute's path in Terraform; undefined where nothing is. */
export type Validator = (name: string, value: string) => string | undefined;

/** An attribute of a resource, in the words of the provider's schema. */
export interface Attribute {
  readonly type: "string" | "boolean" | "integer" | "list" | "set" | "map" | "object";
  /** The name in the provider's own messages, for example `display_name`. */
  readonly longName: string;
  readonly required?: boolean;
  /** The service fills it where the program does not; with {@link outputOnly}, always. */
  readonly computed?: boolean;
  readonly outputOnly?: boolean;
  /** A change makes a new resource. */
  readonly forceNew?: boolean;
  readonly secret?: boolean;
  readonly default?: Value;
  /** By the names of the program. */
  readonly conflictsWith?: readonly string[];
  readonly maxItems?: number;
  readonly properties?: Attributes;
  readonly items?: Attribute;
  readonly validate?: Validator;
}

export type Attributes = Readonly<Record<string, Attribute>>;

type Details = Omit<Attribute, "type" | "longName">;

export const text = (longName: string, details: Details = {}): Attribute => ({ type: "string", longName, ...details });
export const flag = (longName: string, details: Details = {}): Attribute => ({ type: "boolean", longName, ...details });
export const integer = (longName: string, details: Details = {}): Attribute => ({
  type: "integer",
  longName,
  ...details,
});
export const map = (longName: string, details: Details = {}): Attribute => ({ type: "map", longName, ...details });
export const set = (longName: string, items: Attribute, details: Details = {}): Attribute => ({
  type: "set",
  longName,
  items,
  ...details,
});
export const list = (longName: string, items: Attribute, details: Details = {}): Attribute => ({
  type: "list",
  longName,
  items,
  ...details,
});
export const object = (longName: string, properties: Attributes, details: Details = {}): Attribute => ({
  type: "object",
  longName,
  properties,
  ...details,
});

export const output: Details = { computed: true, outputOnly: true };

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const uuid: Validator = (name, value) =>
  uuidPattern.test(value) ? undefined : `expected "${name}" to be a valid UUID, got ${value}`;

export const rfc3339: Validator = (name, value) => {
  const problem = rfc3339Problem(value);
  return problem && `expected "${name}" to be a valid RFC3339 date, got "${value}": ${problem}`;
};

export const notEmpty: Validator = (name, value) =>
  value === "" ? `expected "${name}" to not be an empty string` : undefined;

export const oneOf =
  (...allowed: readonly string[]): Validator =>
  (name, value) =>
    allowed.includes(value) ? undefined : `expected ${name} to be one of ${JSON.stringify(allowed)}, got ${value}`;

export const lengthBetween =
  (least: number, most: number): Validator =>
  (name, value) =>
    value.length >= least && value.length <= most
      ? undefined
      : `expected length of ${name} to be in the range (${least} - ${most}), got ${value}`;

/** `/applications/<object id>` */
export const applicationId: Validator = (name, value) =>
  /^\/applications\/[^/]+$/.test(value)
    ? undefined
    : `parsing "${value}": ${name} must be a resource ID of the form "/applications/00000000-0000-0000-0000-000000000000"`;
