import { isList, isMap, type PropertyMap, type Value } from "../server/values";

// What Graph leaves out, or answers with null, reads as empty.

export const textIn = (value: unknown): string => (typeof value === "string" ? value : "");
export const flagIn = (value: unknown): boolean => value === true;
export const textsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
export const objectIn = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
export const objectsIn = (value: unknown): Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.map(objectIn) : [];

// What a program states, as Graph wants it. An empty text clears a property, which is null on the wire.

export const textOrNull = (value: Value | undefined): string | null =>
  typeof value === "string" && value !== "" ? value : null;
export const flagOf = (value: Value | undefined): boolean => value === true || value === "true";
export const listOf = (value: Value | undefined): readonly Value[] => (isList(value) ? value : []);
export const mapOf = (value: Value | undefined): PropertyMap => (isMap(value) ? value : {});
