import type { LakeRequest } from "./lakeRequest";
import { headerOf } from "./lakeRequest";
import { emptyMetadataKey, invalidHeader, invalidMetadata } from "./refusal";

const metadataPrefix = "x-ms-meta-";
/** What C# takes for an identifier. */
const metadataName = /^[\p{L}_][\p{L}\p{N}_]*$/u;
const contentHeaderNames = [
  "content-type",
  "content-encoding",
  "content-language",
  "content-disposition",
  "content-md5",
  "cache-control",
] as const;

/** Reads DFS metadata: `x-ms-properties: name=base64,…`. @throws Refusal */
export function dfsMetadata(lake: LakeRequest): Record<string, string> | undefined {
  const text = headerOf(lake, "x-ms-properties");
  if (text === undefined) {
    return undefined;
  }
  const entries = text.split(",").filter((entry) => entry.trim() !== "");
  return Object.fromEntries(
    entries.map((entry) => {
      const equals = entry.indexOf("=");
      if (equals < 1) {
        throw invalidHeader("x-ms-properties", text);
      }
      return [entry.slice(0, equals).trim(), Buffer.from(entry.slice(equals + 1), "base64").toString("utf8")];
    }),
  );
}

export const formatDfsMetadata = (metadata: Readonly<Record<string, string>>): string =>
  Object.entries(metadata)
    .map(([name, value]) => `${name}=${Buffer.from(value).toString("base64")}`)
    .join(",");

/** Reads blob metadata: one `x-ms-meta-` header each, whose name keeps its letter case. @throws Refusal */
export function blobMetadata({ request }: LakeRequest): Record<string, string> {
  const names = new Map((request.rawHeaders ?? []).map((name) => [name.toLowerCase(), name]));
  return Object.fromEntries(
    Object.entries(request.headers)
      .filter(([name]) => name.startsWith(metadataPrefix))
      .map(([header, value]) => {
        const name = (names.get(header) ?? header).slice(metadataPrefix.length);
        if (name === "") {
          throw emptyMetadataKey();
        }
        if (!metadataName.test(name)) {
          throw invalidMetadata();
        }
        return [name, String(value)];
      }),
  );
}

export const formatBlobMetadata = (metadata: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(metadata).map(([name, value]) => [`${metadataPrefix}${name}`, value]));

/** Reads `x-ms-content-type` and its kin, on the blob host `x-ms-blob-content-type`. */
export function contentHeaders(lake: LakeRequest): Record<string, string> {
  const prefix = lake.endpoint === "dfs" ? "x-ms-" : "x-ms-blob-";
  return Object.fromEntries(
    contentHeaderNames.flatMap((name) => {
      const value = headerOf(lake, `${prefix}${name}`);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
