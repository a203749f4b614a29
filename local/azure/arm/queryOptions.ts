import { queryParameter, type AzureRequest, type AzureResponse } from "../http/message";
import type { Router } from "../http/router";
import { armError, invalidQueryParameter } from "./errors";

/** Every request to ARM carries it. */
const common = ["api-version"];

/**
 * Runs the route of a request, where it has one that reads every query option of the request.
 * @throws ServiceError 501 where the route does not read an option
 */
export async function routed<Context>(
  router: Router<Context>,
  request: AzureRequest,
  context: Context,
  path = request.path,
): Promise<AzureResponse | undefined> {
  const found = router.find(request, path);
  const unread = found?.unreadOptions(common) ?? [];
  if (unread.length > 0) {
    throw unsupportedOption(`${request.method} ${request.path} with the query option ${unread.join(", ")}`);
  }
  return found?.answer(context);
}

/** A query option, or a value of one, that local Azure does not carry out. @param what for example "$filter \"…\"" */
export const unsupportedOption = (what: string): Error =>
  armError(501, "NotImplemented", `Local Azure does not support ${what}. Nothing was changed.`);

/** `$expand` as names, of which every one must be among those that the route knows. @throws ServiceError 501 */
export function expandOf(request: AzureRequest, known: readonly string[]): readonly string[] {
  const names = (queryParameter(request, "$expand") ?? "").split(",").map((name) => name.trim().toLowerCase());
  const asked = names.filter((name) => name !== "");
  const unknown = asked.filter((name) => !known.some((candidate) => candidate.toLowerCase() === name));
  if (unknown.length > 0) {
    throw unsupportedOption(`$expand of ${unknown.join(", ")}`);
  }
  return known.filter((candidate) => asked.includes(candidate.toLowerCase()));
}

const longestPage = 1000;

export interface Page {
  readonly top: number;
  readonly skip: number;
}

/** `$top` and `$skiptoken`. @throws ServiceError 400 */
export function pageOf(request: AzureRequest, defaultSize = longestPage): Page {
  const top = queryParameter(request, "$top");
  const token = queryParameter(request, "$skiptoken");
  const size = top === undefined ? defaultSize : Number(top);
  const skip = token === undefined ? 0 : Number(Buffer.from(token, "base64url").toString("utf8"));
  if (!Number.isInteger(size) || size < 1 || size > longestPage) {
    throw invalidQueryParameter("$top", `It must be a whole number between 1 and ${longestPage}.`);
  }
  if (!Number.isInteger(skip) || skip < 0) {
    throw invalidQueryParameter("$skiptoken", "It must be one that the service has given out.");
  }
  return { top: size, skip };
}

/** One page of a list that is read no further than it is shown, with the address of the next page. */
export function pageBody<T>(
  request: AzureRequest,
  entries: Iterable<T>,
  show: (entry: T) => object,
  { top, skip } = pageOf(request),
): { readonly value: readonly object[]; readonly nextLink?: string } {
  const value: object[] = [];
  let position = 0;
  for (const entry of entries) {
    if (position >= skip + top) {
      return { value, nextLink: nextLink(request, position) };
    }
    if (position >= skip) {
      value.push(show(entry));
    }
    position += 1;
  }
  return { value };
}

function nextLink(request: AzureRequest, offset: number): string {
  const query = new URLSearchParams([...request.query].filter(([name]) => name.toLowerCase() !== "$skiptoken"));
  query.set("$skiptoken", Buffer.from(String(offset)).toString("base64url"));
  return `https://${request.host}${request.path}?${query.toString()}`;
}
