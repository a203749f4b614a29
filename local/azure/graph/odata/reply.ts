import { empty, json, type AzureRequest, type AzureResponse } from "../../http/message";
import type { JsonObject } from "../../entra/records";
import type { GraphContext } from "../context";
import { parseFilter, type Filterable } from "./filter";
import { listQuery, selectOf, skipToken, type ListQuery } from "./query";

export interface EntitySet extends Filterable {
  /** The set's name in `@odata.context`, for example "applications". */
  readonly set: string;
  /** What is shown unless the request selects. @default everything */
  readonly shown?: readonly string[];
}

/** One entity, with only the properties that the request selects. */
export function entityReply(
  request: AzureRequest,
  context: GraphContext,
  set: string,
  entity: JsonObject,
  status = 200,
): AzureResponse {
  const select = selectOf(request);
  const shown = select === undefined ? entity : pick(entity, select);
  const name = select === undefined ? set : `${set}(${select.join(",")})`;
  return json(status, { "@odata.context": `${context.root}/$metadata#${name}/$entity`, ...shown });
}

/** A page of a list: filtered, ordered, counted, selected, and with the address of the next page. */
export function listReply(
  request: AzureRequest,
  context: GraphContext,
  entitySet: EntitySet,
  entities: readonly JsonObject[],
): AzureResponse {
  const query = listQuery(request);
  const matching =
    query.filter === undefined ? entities : entities.filter(parseFilter(query.filter, entitySet, query.eventual));
  const ordered = order(matching, query.orderBy);
  const page = ordered.slice(query.skip, query.skip + query.top);
  const { select } = query;
  const shown = select ?? entitySet.shown;
  const name = select === undefined ? entitySet.set : `${entitySet.set}(${select.join(",")})`;
  const next = query.skip + page.length;
  return json(200, {
    "@odata.context": `${context.root}/$metadata#${name}`,
    ...(query.count ? { "@odata.count": ordered.length } : {}),
    ...(next < ordered.length ? { "@odata.nextLink": nextLink(request, next) } : {}),
    value: shown === undefined ? page : page.map((entity) => pick(entity, shown)),
  });
}

export const noContent = (): AzureResponse => empty(204);

/** The selected properties. The type of an entity in a mixed list is never left out. */
function pick(entity: JsonObject, select: readonly string[]): JsonObject {
  const kept = ["@odata.type", ...select];
  return Object.fromEntries(Object.entries(entity).filter(([name]) => kept.includes(name)));
}

function order(entities: readonly JsonObject[], orderBy: ListQuery["orderBy"]): readonly JsonObject[] {
  if (orderBy === undefined) {
    return entities;
  }
  const { property, descending } = orderBy;
  const key = (entity: JsonObject): string => {
    const value = entity[property];
    return typeof value === "string" ? value.toLowerCase() : "";
  };
  const sorted = entities.toSorted((a, b) => key(a).localeCompare(key(b)));
  return descending ? sorted.reverse() : sorted;
}

function nextLink(request: AzureRequest, offset: number): string {
  const query = new URLSearchParams(request.query);
  query.set("$skiptoken", skipToken(offset));
  return `https://${request.host}${request.path}?${query.toString().replaceAll("%24", "$")}`;
}
