import { header, queryParameter, type AzureRequest } from "../../http/message";
import {
  graphError,
  notCarriedOut,
  propertyNotFound,
  searchNeedsEventual,
  skipRefused,
  sortingRefused,
  unsupportedSort,
} from "../errors";
import type { EntitySet } from "./entitySet";
import { parseFilter, type Predicate } from "./filter";
import { parseSearch } from "./search";

/** A relationship that is shown within each entity, and what is shown of it. */
export interface Expansion {
  readonly relationship: string;
  readonly select: readonly string[] | undefined;
}

export interface ListQuery {
  readonly matches: readonly Predicate[];
  readonly select: readonly string[] | undefined;
  readonly expand: readonly Expansion[];
  readonly top: number;
  readonly skip: number;
  readonly orderBy: { readonly property: string; readonly descending: boolean } | undefined;
  readonly count: boolean;
}

/** What lists read of a query, what a single entity does, and what a count. Nothing else is taken. */
export const listOptions = [
  "$filter",
  "$search",
  "$select",
  "$expand",
  "$top",
  "$skip",
  "$skiptoken",
  "$orderby",
  "$count",
];
export const entityOptions = ["$select", "$expand"];
export const countOptions = ["$filter", "$search"];

const defaultPageSize = 100;
const maxPageSize = 999;

const badQuery = (message: string): Error => graphError(400, "BadRequest", message);

/** `ConsistencyLevel: eventual` was sent, which advanced queries need. */
export const isEventual = (request: AzureRequest): boolean =>
  header(request, "consistencylevel")?.toLowerCase() === "eventual";

/** The property names of `$select`, as they were sent; undefined where all are wanted. */
export function selectOf(request: AzureRequest): readonly string[] | undefined {
  return namesOf(queryParameter(request, "$select"));
}

/** Whether the content of certificates is asked for: by name alone. */
export const selectsKeys = (request: AzureRequest): boolean => selectOf(request)?.includes("keyCredentials") ?? false;

/** The property names of `$select`. @throws ServiceError 400 where Graph has none such; 501 where local Azure lacks it */
export function checkedSelect(
  request: AzureRequest,
  { known, lacking = [], resource }: EntitySet,
): readonly string[] | undefined {
  const select = selectOf(request);
  for (const name of select ?? []) {
    if (lacking.includes(name)) {
      throw notCarriedOut(`$select of ${name}`);
    }
    if (name !== "*" && !known.includes(name)) {
      throw propertyNotFound(name, { resource }, "Parsing OData Select and Expand failed: ");
    }
  }
  return select?.includes("*") === true ? undefined : select;
}

/** The relationships of `$expand`. @throws ServiceError 501 where one is not shown */
export function expandOf(request: AzureRequest, { related = {} }: EntitySet): readonly Expansion[] {
  const text = queryParameter(request, "$expand");
  if (text === undefined || text.trim() === "") {
    return [];
  }
  return text.split(/,(?![^(]*\))/).map((part) => {
    const [, relationship = "", select] = /^\s*(\w+)\s*(?:\(\s*\$select=([\w,\s]+)\))?\s*$/i.exec(part) ?? [];
    if (!Object.hasOwn(related, relationship)) {
      throw notCarriedOut(`$expand of ${part.trim()}`);
    }
    return { relationship, select: namesOf(select) };
  });
}

/** @throws ServiceError 400 where an option is malformed or Graph refuses it; 501 where it is not supported here */
export function listQuery(request: AzureRequest, entitySet: EntitySet): ListQuery {
  const matches = predicatesOf(request, entitySet);
  if (queryParameter(request, "$skip") !== undefined) {
    throw skipRefused();
  }
  const token = queryParameter(request, "$skiptoken");
  const orderBy = orderByOf(request, entitySet);
  if (orderBy !== undefined && matches.length > 0 && !isEventual(request) && entitySet.inDirectory !== false) {
    throw sortingRefused();
  }
  return {
    matches,
    select: checkedSelect(request, entitySet),
    expand: expandOf(request, entitySet),
    top: pageSize(queryParameter(request, "$top")),
    skip: token === undefined ? 0 : offsetOf(token),
    orderBy,
    count: queryParameter(request, "$count") === "true",
  };
}

/** What an entity of a list must be, by `$filter` and by `$search`. @throws ServiceError */
export function predicatesOf(request: AzureRequest, entitySet: EntitySet): Predicate[] {
  const filter = queryParameter(request, "$filter");
  const search = queryParameter(request, "$search");
  if (search !== undefined && !isEventual(request)) {
    throw searchNeedsEventual();
  }
  return [
    ...(filter === undefined ? [] : [parseFilter(filter, entitySet, isEventual(request))]),
    ...(search === undefined ? [] : [parseSearch(search, entitySet)]),
  ];
}

/** A token that names the place in a list where the next page starts. Opaque to clients. */
export const skipToken = (offset: number): string => Buffer.from(`page:${offset}`).toString("base64url");

function offsetOf(token: string): number {
  const offset = /^page:(\d+)$/.exec(Buffer.from(token, "base64url").toString("utf8"))?.[1];
  if (offset === undefined) {
    throw graphError(
      400,
      "Directory_ExpiredPageToken",
      "The specified page token value has expired and can no longer be included in your request.",
    );
  }
  return Number(offset);
}

function namesOf(list: string | undefined): readonly string[] | undefined {
  return list === undefined || list.trim() === "" ? undefined : list.split(",").map((name) => name.trim());
}

function pageSize(top: string | undefined): number {
  if (top === undefined) {
    return defaultPageSize;
  }
  const size = Number(top);
  if (!Number.isInteger(size) || size < 1) {
    throw badQuery(
      `Invalid value '${top}' for $top query option found. The $top query option requires a non-negative integer value.`,
    );
  }
  if (size > maxPageSize) {
    throw graphError(
      400,
      "Request_UnsupportedQuery",
      `Invalid page size specified: '${top}'. Must be between 1 and ${maxPageSize} inclusive.`,
    );
  }
  return size;
}

function orderByOf(request: AzureRequest, entitySet: EntitySet): ListQuery["orderBy"] {
  const text = queryParameter(request, "$orderby");
  if (text === undefined) {
    return undefined;
  }
  const [property, direction = "asc", ...rest] = text.trim().split(/\s+/);
  if (property === undefined || property === "" || rest.length > 0 || !["asc", "desc"].includes(direction)) {
    throw badQuery(`Invalid $orderby '${text}'.`);
  }
  const { known, lacking = [], sortable = ["displayName"], sortableEventually = [], resource } = entitySet;
  if (!known.includes(property) && !lacking.includes(property)) {
    throw propertyNotFound(property, entitySet, "");
  }
  if (!sortable.includes(property) && !(isEventual(request) && sortableEventually.includes(property))) {
    throw unsupportedSort(property, resource);
  }
  return { property, descending: direction === "desc" };
}
