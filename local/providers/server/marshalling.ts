import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { secretSignature, signatureKey, unknownMarks, unknownText } from "../../../tools/engine/marks";
import { isList, isMap, Secret, unknown, Unknown, type MutableMap, type PropertyMap, type Value } from "./values";

// Marks that only the wire has.
const outputSignature = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const resourceSignature = "5cf8f73096256a8f31e491e813e4eb8e";

/**
 * Properties as the providers work on them: nulls left out, secrets and output values opened. The engine puts the
 * secrecy of an input back on the outputs of providers that do not take secrets, as both real providers do not.
 */
export function fromStruct(struct: Struct | undefined): PropertyMap {
  return struct === undefined ? {} : fromPlain(struct.toJavaScript());
}

/** Properties as the engine's state file has them. A secret that lies there encrypted is left out. */
export function fromPlain(properties: Readonly<Record<string, unknown>>): PropertyMap {
  return definedOnly(properties);
}

export function toStruct(properties: PropertyMap): Struct {
  return Struct.fromJavaScript(toWire(properties) as Record<string, never>);
}

function fromWire(value: unknown): Value {
  if (typeof value === "string") {
    return unknownMarks.has(value) ? unknown : value;
  }
  if (typeof value === "number" || typeof value === "boolean") {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map(fromWire);
  }
  if (typeof value === "object" && value !== null) {
    return fromWireObject(value as Record<string, unknown>);
  }
  return null;
}

function fromWireObject(object: Record<string, unknown>): Value {
  switch (object[signatureKey]) {
    case undefined:
      return definedOnly(object);
    case secretSignature:
      return fromWire(object["value"]);
    case outputSignature:
      return object["value"] === undefined ? unknown : fromWire(object["value"]);
    case resourceSignature:
      return fromWire(object["id"] ?? object["urn"]);
    default:
      throw new Error("no resource of these packages takes assets or archives");
  }
}

function definedOnly(object: Readonly<Record<string, unknown>>): PropertyMap {
  const properties: MutableMap = {};
  for (const [name, item] of Object.entries(object)) {
    const value = fromWire(item);
    if (value !== null) {
      properties[name] = value;
    }
  }
  return properties;
}

function toWire(value: Value | undefined): unknown {
  if (value instanceof Unknown) {
    return unknownText;
  }
  if (value instanceof Secret) {
    return { [signatureKey]: secretSignature, value: toWire(value.value) };
  }
  if (isList(value)) {
    return value.map(toWire);
  }
  if (isMap(value)) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined && item !== null);
    return Object.fromEntries(entries.map(([name, item]) => [name, toWire(item)]));
  }
  return value ?? null;
}
