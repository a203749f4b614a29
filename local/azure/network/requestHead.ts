import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { RequestHead } from "../http/incoming";
import { pages, type FrontDoorPage } from "./frontDoorPages";

const absoluteForm = /^https?:\/\/([^/?#]*)(.*)$/i;
const port = /:\d+$/;
const hostname = /^[a-z0-9.-]+$/;
const badEscape = /%(?![0-9a-f]{2})|%00/i;

/** A request as the services see it. A target that names the host, as HTTP/1.1 allows it, counts for more than the Host header. */
export function requestHead(req: IncomingMessage): RequestHead {
  const [host, url] = target(req);
  const mark = url.indexOf("?");
  return {
    id: randomUUID(),
    method: req.method ?? "GET",
    host: host.toLowerCase().replace(port, ""),
    path: mark === -1 ? url : url.slice(0, mark),
    query: new URLSearchParams(mark === -1 ? "" : url.slice(mark + 1)),
    headers: req.headers,
    rawHeaders: req.rawHeaders,
  };
}

function target(req: IncomingMessage): readonly [host: string, url: string] {
  const url = req.url ?? "/";
  const [, host, rest = ""] = url.startsWith("/") ? [] : (absoluteForm.exec(url) ?? []);
  return host === undefined ? [req.headers.host ?? "", url] : [host, rest.startsWith("/") ? rest : `/${rest}`];
}

/** Why a request never gets to a service; undefined where it does. */
export function headRefusal(
  { rawHeaders, httpVersionMajor }: IncomingMessage,
  { host, path }: RequestHead,
): FrontDoorPage | undefined {
  if (httpVersionMajor !== 1) {
    return pages.version;
  }
  if (!hostname.test(host) || hasTwoHosts(rawHeaders)) {
    return pages.hostname;
  }
  return path.includes("%") && badEscape.test(path) ? pages.url : undefined;
}

function hasTwoHosts(rawHeaders: readonly string[]): boolean {
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length === 4 && name.toLowerCase() === "host") {
      hosts += 1;
    }
  }
  return hosts > 1;
}
