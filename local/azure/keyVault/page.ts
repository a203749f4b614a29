import { json, queryParameter, type AzureRequest, type AzureResponse } from "../http/message";
import { badParameter } from "./errors";

const maximumPage = 25;

/** One page of a list. The skip token names the last entry of the page before. */
export function page<T>(
  request: AzureRequest,
  entries: readonly T[],
  key: (entry: T) => string,
  show: (entry: T) => object,
): AzureResponse {
  const size = pageSize(request);
  const after = Buffer.from(queryParameter(request, "$skiptoken") ?? "", "base64url").toString("utf8");
  const start = after === "" ? 0 : entries.findIndex((entry) => key(entry) === after) + 1;
  const shown = entries.slice(start, start + size);
  const last = shown[shown.length - 1];
  const more = start + size < entries.length && last !== undefined;
  return json(200, { value: shown.map(show), nextLink: more ? nextLink(request, key(last), size) : null });
}

function pageSize(request: AzureRequest): number {
  const text = queryParameter(request, "maxresults");
  const size = text === undefined ? maximumPage : Number(text);
  if (!Number.isInteger(size) || size < 1 || size > maximumPage) {
    throw badParameter(`maxresults is ${text ?? ""}; a page holds 1 to ${maximumPage} entries.`);
  }
  return size;
}

function nextLink(request: AzureRequest, last: string, size: number): string {
  const query = new URLSearchParams({
    "api-version": queryParameter(request, "api-version") ?? "",
    $skiptoken: Buffer.from(last).toString("base64url"),
    maxresults: String(size),
  });
  return `https://${request.host}${request.path}?${query.toString()}`;
}
