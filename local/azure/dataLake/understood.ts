import { queryParameter, type AzureRequest } from "../http/message";
import type { LakeRoute } from "./lakeRouter";
import { notUnderstood } from "./refusal";

/** Query parameters that change nothing here: no call takes so long that it would be given up. */
const harmless = new Set(["timeout"]);

/** Headers of storage that are read, or that change nothing; those with a value are understood with this value alone. */
const headers = new Map(
  [
    "x-ms-version",
    "x-ms-date",
    "x-ms-client-request-id",
    "x-ms-return-client-request-id",
    "x-ms-correlation-request-id",
    "x-ms-useragent",
    "x-ms-range",
    "x-ms-range-get-content-md5",
    "x-ms-range-get-content-crc64",
    "x-ms-content-crc64",
    ...["type", "encoding", "language", "disposition", "md5"].flatMap((name) => [
      `x-ms-content-${name}`,
      `x-ms-blob-content-${name}`,
    ]),
    "x-ms-cache-control",
    "x-ms-blob-cache-control",
    "x-ms-properties",
    "x-ms-owner",
    "x-ms-group",
    "x-ms-permissions",
    "x-ms-umask",
    "x-ms-acl",
    "x-ms-rename-source",
    "x-ms-blob-type",
    "x-ms-blob-condition-appendpos",
    "x-ms-blob-condition-maxsize",
    "x-ms-copy-source",
    "x-ms-copy-source-authorization",
    "x-ms-copy-action",
    "x-ms-lease-id",
    "x-ms-source-lease-id",
    "x-ms-requires-sync",
    "x-ms-source-range",
    "x-ms-source-content-md5",
    "x-ms-source-if-match",
    "x-ms-source-if-none-match",
    "x-ms-source-if-modified-since",
    "x-ms-source-if-unmodified-since",
    // There are no snapshots, no other tier than the account's own and no tags.
    "x-ms-delete-snapshots=include",
    "x-ms-access-tier=Hot",
    "x-ms-copy-source-tag-option=REPLACE",
    "x-ms-default-encryption-scope=$account-encryption-key",
    "x-ms-deny-encryption-scope-override=false",
  ].map((entry): [string, string | undefined] => {
    const [name = "", value] = entry.split("=");
    return [name, value];
  }),
);

/** Refuses what would be ignored otherwise: a query parameter or a storage header that this call gives no meaning to. @throws Refusal */
export function checkUnderstood(
  request: AzureRequest,
  { query = {}, options = [], headers: own = [] }: LakeRoute,
): void {
  for (const name of request.query.keys()) {
    const value = queryParameter(request, name) ?? "";
    const isKnown =
      harmless.has(name.toLowerCase()) ||
      Object.entries(query).some(([known, wanted]) => wanted !== null && same(known, name)) ||
      options.some((option) => same(option, name) || same(option, `${name}=${value}`));
    if (!isKnown && value !== "") {
      throw notUnderstood(`the query parameter ${name}=${value}`);
    }
  }
  for (const [name, value] of Object.entries(request.headers)) {
    if (name.startsWith("x-ms-") && !name.startsWith("x-ms-meta-") && !own.includes(name)) {
      const wanted = headers.get(name);
      if (!headers.has(name) || (wanted !== undefined && !same(wanted, String(value)))) {
        throw notUnderstood(`the header ${name}${wanted === undefined ? "" : `: ${String(value)}`}`);
      }
    }
  }
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
