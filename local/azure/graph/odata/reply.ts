import { empty, json, type AzureRequest, type AzureResponse } from "../../http/message";
import type { RouteParameters, Router } from "../../http/router";
import type { JsonObject, JsonValue } from "../../entra/records";
import type { GraphContext } from "../context";
import { countRefused } from "../errors";
import type { EntitySet } from "./entitySet";
import {
  checkedSelect,
  countOptions,
  expandOf,
  isEventual,
  listOptions,
  listQuery,
  predicatesOf,
  skipToken,
  type Expansion,
  type ListQuery,
} from "./query";

export type { EntitySet } from "./entitySet";

/** Finds the entities of a list, each shown only when it is reached. */
type Source = (parameters: RouteParameters, context: GraphContext, request: AzureRequest) => Iterable<JsonObject>;

/** Routes of a list: the list itself, and how long it is. */
export function listRoutes(
  router: Router<GraphContext>,
  path: string,
  entitySet: EntitySet | ((parameters: RouteParameters, context: GraphContext) => EntitySet),
  source: Source,
): void {
  const setOf = (parameters: RouteParameters, context: GraphContext): EntitySet =>
    typeof entitySet === "function" ? entitySet(parameters, context) : entitySet;
  router
    .on(
      "GET",
      path,
      (request, parameters, context) => {
        const entities = source(parameters, context, request);
        return listReply(request, context, setOf(parameters, context), entities);
      },
      listOptions,
    )
    .on(
      "GET",
      `${path}/$count`,
      (request, parameters, context) => {
        const entities = source(parameters, context, request);
        return countReply(request, setOf(parameters, context), entities);
      },
      countOptions,
    );
}

/** One entity, with only the properties that the request selects. */
export function entityReply(
  request: AzureRequest,
  context: GraphContext,
  entitySet: EntitySet,
  entity: JsonObject,
  status = 200,
): AzureResponse {
  const select = checkedSelect(request, entitySet);
  const expand = expandOf(request, entitySet);
  const shown = shownOf(entity, { select: select ?? entitySet.shown, expand }, entitySet, context);
  return json(status, { "@odata.context": `${contextOf(context, entitySet, select)}/$entity`, ...shown });
}

/** A page of a list: filtered, ordered, counted, selected, and with the address of the next page. */
export function listReply(
  request: AzureRequest,
  context: GraphContext,
  entitySet: EntitySet,
  entities: Iterable<JsonObject>,
): AzureResponse {
  const query = listQuery(request, entitySet);
  const matching = those(entities, query.matches);
  const whole = query.count || query.orderBy !== undefined ? order([...matching], query.orderBy) : undefined;
  const { page, more } = pageOf(whole ?? matching, query);
  const { select, expand } = query;
  return json(200, {
    "@odata.context": contextOf(context, entitySet, select),
    ...(query.count ? { "@odata.count": whole?.length } : {}),
    ...(more ? { "@odata.nextLink": nextLink(request, query.skip + page.length) } : {}),
    value: page.map((entity) => shownOf(entity, { select: select ?? entitySet.shown, expand }, entitySet, context)),
  });
}

export const noContent = (): AzureResponse => empty(204);

/** A list's length, as text. */
function countReply(request: AzureRequest, entitySet: EntitySet, entities: Iterable<JsonObject>): AzureResponse {
  if (entitySet.inDirectory !== false && !isEventual(request)) {
    throw countRefused();
  }
  const matching = [...those(entities, predicatesOf(request, entitySet))];
  return { status: 200, headers: { "content-type": "text/plain" }, body: String(matching.length) };
}

function* those(entities: Iterable<JsonObject>, matches: ListQuery["matches"]): Iterable<JsonObject> {
  for (const entity of entities) {
    if (matches.every((holds) => holds(entity))) {
      yield entity;
    }
  }
}

/** Reads no further than the page, and one entity to see whether there are more. */
function pageOf(
  entities: Iterable<JsonObject>,
  { skip, top }: ListQuery,
): { readonly page: readonly JsonObject[]; readonly more: boolean } {
  const page: JsonObject[] = [];
  let position = 0;
  for (const entity of entities) {
    if (page.length === top) {
      return { page, more: true };
    }
    if (position >= skip) {
      page.push(entity);
    }
    position += 1;
  }
  return { page, more: false };
}

const contextOf = ({ root }: GraphContext, { set }: EntitySet, select: readonly string[] | undefined): string =>
  `${root}/$metadata#${set}${select === undefined ? "" : `(${select.join(",")})`}`;

function shownOf(
  entity: JsonObject,
  { select, expand }: { readonly select: readonly string[] | undefined; readonly expand: readonly Expansion[] },
  { related = {} }: EntitySet,
  context: GraphContext,
): JsonObject {
  const expanded = expand.map(({ relationship, select: parts }): [string, JsonValue] => [
    relationship,
    (related[relationship]?.(entity, context) ?? []).map((each) => pick(each as JsonObject, parts)),
  ]);
  return { ...pick(entity, select), ...Object.fromEntries(expanded) };
}

/** The selected properties. The type of an entity in a mixed list is never left out. */
function pick(entity: JsonObject, select: readonly string[] | undefined): JsonObject {
  if (select === undefined) {
    return entity;
  }
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
