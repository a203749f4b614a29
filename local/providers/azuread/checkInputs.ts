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
  checkObject(attributes, complete, "", (path, what) => problems.push({ path, what }));
  const failures = problems.map(({ path, what }) => ({
    property: "",
    reason: `${what}. Examine values at '${resourceName}.${path}'.`,
  }));
  return { inputs: complete, failures };
}

interface Problem {
  readonly path: string;
  readonly what: string;
}

type Report = (path: string, what: string) => void;

function checkObject(attributes: Attributes | undefined, values: PropertyMap, base: string, report: Report): void {
  if (attributes === undefined) {
    // A map: its keys are free.
    return;
  }
  for (const name of Object.keys(values)) {
    const attribute = attributes[name];
    if (attribute === undefined || attribute.outputOnly === true) {
      report(base + name, "Invalid or unknown key");
    }
  }
  for (const [name, attribute] of Object.entries(attributes)) {
    const value = values[name];
    if (value !== undefined) {
      checkConflicts(attribute, values, base + name, report);
      checkValue(attribute, value, base + name, report);
    } else if (attribute.required === true) {
      const what = `The argument "${attribute.longName}" is required, but no definition was found.`;
      report(base + name, `Missing required argument. ${what}`);
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

function checkValue(attribute: Attribute, value: Value, path: string, report: Report): void {
  if (value instanceof Unknown) {
    return;
  }
  if (!fits(attribute, value)) {
    report(path, `Incorrect attribute value type. Expected ${article(attribute.type)}, got ${article(kindOf(value))}`);
  } else if (isMap(value)) {
    checkObject(attribute.properties, value, `${path}.`, report);
  } else if (isList(value)) {
    checkItems(attribute, value, path, report);
  } else {
    const problem = attribute.validate?.(attribute.longName, `${value as string | number | boolean}`);
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

function checkItems(attribute: Attribute, values: readonly Value[], path: string, report: Report): void {
  const { items, maxItems, longName } = attribute;
  if (maxItems !== undefined && values.length > maxItems) {
    report(
      path,
      `Too many list items. Attribute ${longName} supports ${maxItems} item maximum, but config has ${values.length} declared`,
    );
  }
  values.forEach((value, index) => {
    if (items !== undefined) {
      checkValue(items, value, `${path}[${index}]`, report);
    }
  });
}
