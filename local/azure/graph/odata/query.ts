import { header, queryParameter, type AzureRequest } from "../../http/message";
import { graphError } from "../errors";

export interface ListQuery {
  readonly filter: string | undefined;
  readonly select: readonly string[] | undefined;
  readonly top: number;
  readonly skip: number;
  readonly orderBy: { readonly property: string; readonly descending: boolean } | undefined;
  readonly count: boolean;
  /** `ConsistencyLevel: eventual` was sent, which advanced queries need. */
  readonly eventual: boolean;
}

const defaultPageSize = 100;
const maxPageSize = 999;

const badQuery = (message: string): Error => graphError(400, "BadRequest", message);

/** The property names of `$select`; undefined where all are wanted. */
export function selectOf(request: AzureRequest): readonly string[] | undefined {
  const select = queryParameter(request, "$select");
  return select === undefined || select.trim() === "" ? undefined : select.split(",").map((name) => name.trim());
}

/** @throws ServiceError 400 where an option is malformed, or not supported here */
export function listQuery(request: AzureRequest): ListQuery {
  const search = queryParameter(request, "$search");
  if (search !== undefined) {
    throw graphError(501, "NotImplemented", "Local Azure has no $search. Use $filter, for example startswith().");
  }
  const token = queryParameter(request, "$skiptoken");
  return {
    filter: queryParameter(request, "$filter"),
    select: selectOf(request),
    top: pageSize(queryParameter(request, "$top")),
    skip: token === undefined ? 0 : offsetOf(token),
    orderBy: orderByOf(queryParameter(request, "$orderby")),
    count: queryParameter(request, "$count") === "true",
    eventual: header(request, "consistencylevel")?.toLowerCase() === "eventual",
  };
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

function orderByOf(text: string | undefined): ListQuery["orderBy"] {
  if (text === undefined) {
    return undefined;
  }
  const [property, direction = "asc", ...rest] = text.trim().split(/\s+/);
  if (property === undefined || property === "" || rest.length > 0 || !["asc", "desc"].includes(direction)) {
    throw badQuery(`Invalid $orderby '${text}'.`);
  }
  return { property, descending: direction === "desc" };
}
