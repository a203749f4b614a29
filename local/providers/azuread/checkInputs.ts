import type { CheckFailure } from "../server/packageProvider";
import { isList, isMap, Unknown, type MutableMap, type PropertyMap, type Value } from "../server/values";
import type { Attribute, Attributes } from "./attributes";

/** The inputs with the provider's defaults, and everything that is wrong with them, in the real provider's words. */
export function checkInputs(
  attributes: Attributes,
  resourceName: string,
  inputs: PropertyMap,
): { inputs: MutableMap; failures: CheckFailure[] } {
  const complete: MutableMap = { ...inputs };
  for (const [name, attribute] of Object.entries(attributes)) {
    if (attribute.default !== undefined) {
      complete[name] ??= attribute.default;
    }
  }
  const problems: Problem[] = [];
  const root = { path: "", key: "" };
  checkObject(attributes, complete, root, (path, what) => problems.push({ path, what }));
  const failures = problems.map(({ path, what }) => ({
    property: "",
    reason: `${what}. Examine values at '${resourceName}.${path}'.`,
  }));
  return { inputs: complete, failures };
}

/** Where a value lies: in the program's words, and in Terraform's. */
interface Place {
  readonly path: string;
  readonly key: string;
}

const member = ({ path, key }: Place, name: string, longName: string): Place => ({
  path: path === "" ? name : `${path}.${name}`,
  key: key === "" ? longName : `${key}.${longName}`,
});

interface Problem {
  readonly path: string;
  readonly what: string;
}

type Report = (path: string, what: string) => void;

function checkObject(attributes: Attributes | undefined, values: PropertyMap, base: Place, report: Report): void {
  if (attributes === undefined) {
    // A map: its keys are free.
    return;
  }
  for (const name of Object.keys(values)) {
    const attribute = attributes[name];
    if (attribute === undefined || attribute.outputOnly === true) {
      report(member(base, name, name).path, "Invalid or unknown key");
    }
  }
  for (const [name, attribute] of Object.entries(attributes)) {
    const value = values[name];
    const place = member(base, name, attribute.longName);
    if (value !== undefined) {
      checkConflicts(attribute, values, place.path, report);
      checkValue(attribute, value, place, report);
    } else if (attribute.required === true) {
      const what = `The argument "${attribute.longName}" is required, but no definition was found.`;
      report(place.path, `Missing required argument. ${what}`);
    }
  }
}

function checkConflicts(
  { conflictsWith, longName }: Attribute,
  values: PropertyMap,
  path: string,
  report: Report,
): void {
  for (const other of conflictsWith ?? []) {
    if (values[other] !== undefined) {
      const otherName = other.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      report(path, `Conflicting configuration arguments. "${longName}": conflicts with ${otherName}`);
    }
  }
}

function checkValue(attribute: Attribute, value: Value, place: Place, report: Report): void {
  const { path, key } = place;
  if (value instanceof Unknown) {
    return;
  }
  if (!fits(attribute, value)) {
    report(path, `Incorrect attribute value type. Expected ${article(attribute.type)}, got ${article(kindOf(value))}`);
  } else if (isMap(value)) {
    // Terraform has a list of one where the program has an object.
    checkObject(attribute.properties, value, { path, key: `${key}.0` }, report);
  } else if (isList(value)) {
    checkItems(attribute, value, place, report);
  } else {
    const problem = attribute.validate?.(key, `${value as string | number | boolean}`);
    if (problem !== undefined) {
      report(path, problem);
    }
  }
}

function fits({ type }: Attribute, value: Value): boolean {
  switch (type) {
    case "object":
    case "map":
      return isMap(value);
    case "list":
    case "set":
      return isList(value);
    case "boolean":
      return typeof value === "boolean" || value === "true" || value === "false";
    case "integer":
      return typeof value === "number";
    case "string":
      // Terraform turns numbers and booleans into text by itself.
      return ["string", "number", "boolean"].includes(typeof value);
  }
}

const kindOf = (value: Value): string => (isList(value) ? "list" : isMap(value) ? "object" : typeof value);
const article = (kind: string): string => (/^[aio]/.test(kind) ? `an ${kind}` : `a ${kind}`);

function checkItems(attribute: Attribute, values: readonly Value[], { path, key }: Place, report: Report): void {
  const { items, maxItems, longName } = attribute;
  if (maxItems !== undefined && values.length > maxItems) {
    report(
      path,
      `Too many list items. Attribute ${longName} supports ${maxItems} item maximum, but config has ${values.length} declared`,
    );
  }
  // Terraform can't point at a member of a set.
  const tell: Report = attribute.type === "set" ? (_member, what) => report(path, what) : report;
  values.forEach((value, index) => {
    const place = { path: `${path}[${index}]`, key: `${key}.${index}` };
    if (items?.type === "object" && isMap(value)) {
      checkObject(items.properties, value, place, tell);
    } else if (items !== undefined) {
      checkValue(items, value, place, tell);
    }
  });
}
