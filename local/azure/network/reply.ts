import { STATUS_CODES, type IncomingMessage, type ServerResponse } from "node:http";
import type { AzureResponse } from "../http/message";
import { deliver } from "./delivery";

/** Sends a reply: its headers in one go, and a text in one piece with them. */
export function send(req: IncomingMessage, res: ServerResponse, response: AzureResponse): void {
  const { status, body } = response;
  const isRaw = typeof body === "string" || Buffer.isBuffer(body);
  const content = body === undefined ? "" : isRaw ? body : JSON.stringify(body);
  const length = Buffer.byteLength(content);
  res.writeHead(status, STATUS_CODES[status], headerList(response, { isJson: body !== undefined && !isRaw, length }));
  deliver(res, req.method === "HEAD" ? "" : content, response.delivery);
}

interface Content {
  readonly isJson: boolean;
  /** In bytes. */
  readonly length: number;
}

/** The headers as a flat list, names and values by turns. */
function headerList({ status, headers = {} }: AzureResponse, { isJson, length }: Content): string[] {
  const list: string[] = [];
  let hasLength = false;
  let type = isJson ? "application/json; charset=utf-8" : undefined;
  for (const name in headers) {
    const value = headers[name];
    if (value === undefined) {
      continue;
    }
    const key = name.toLowerCase();
    if (key === "content-type") {
      type = value;
      continue;
    }
    hasLength ||= key === "content-length";
    list.push(name, value);
  }
  // Clients parse what a content type announces: an answer that has no content has no type either. A reply to HEAD may
  // state the length, and with it the type, of the content that a GET has.
  const isEmpty = length === 0 && (status >= 300 || status === 204) && !hasLength;
  if (type !== undefined && !isEmpty) {
    list.push("content-type", type);
  }
  if (!hasLength && status !== 204 && status !== 304) {
    list.push("content-length", String(length));
  }
  return list;
}
