import type { JsonObject } from "../../entra/records";
import { graphError, notCarriedOut } from "../errors";
import type { EntitySet } from "./entitySet";
import type { Predicate } from "./filter";

const clause = /^\s*"(\w+):([^"]+)"\s*/;

/**
 * Reads a `$search`: clauses such as `"displayName:forecast"`, joined by AND and OR, AND first. A clause finds the texts
 * that have, for each of its words, a word that begins so.
 * @throws ServiceError 400 where it is none; 501 where it looks through another property
 */
export function parseSearch(search: string, { searchable = ["displayName"] }: EntitySet): Predicate {
  const alternatives: Predicate[][] = [[]];
  let rest = search.trim();
  for (;;) {
    const [whole, property, text] = clause.exec(rest) ?? [];
    if (whole === undefined || property === undefined || text === undefined) {
      throw graphError(
        400,
        "BadRequest",
        `Syntax error: '${search}' is not a valid $search, such as "displayName:text".`,
      );
    }
    if (!searchable.includes(property)) {
      throw notCarriedOut(`$search by ${property}`);
    }
    alternatives.at(-1)?.push((entity) => finds(entity, property, wordsOf(text)));
    rest = rest.slice(whole.length);
    if (rest === "") {
      return (entity) => alternatives.some((all) => all.every((holds) => holds(entity)));
    }
    const [joined, operator] = /^(AND|OR)\s+/i.exec(rest) ?? [];
    if (operator?.toUpperCase() === "OR") {
      alternatives.push([]);
    }
    rest = rest.slice(joined?.length ?? 0);
  }
}

function finds(entity: JsonObject, property: string, wanted: readonly string[]): boolean {
  const value = entity[property];
  const words = wordsOf(typeof value === "string" ? value : "");
  return wanted.every((start) => words.some((word) => word.startsWith(start)));
}

const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
