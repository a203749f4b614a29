import { randomUUID } from "node:crypto";
import { STATUS_CODES } from "node:http";
import { header, type AzureRequest, type AzureResponse } from "../http/message";
import { invalidHeader } from "./refusal";
import { invalidBatch } from "./blockRefusal";

/** One request of a batch, and the number by which its answer is told from the others. */
export interface BatchPart {
  readonly contentId: string | undefined;
  readonly request: AzureRequest;
}

/** Reads the requests in a body of multipart/mixed. @throws Refusal */
export function readBatch(request: AzureRequest): BatchPart[] {
  const type = header(request, "content-type") ?? "";
  const [, quoted, plain] = /^multipart\/mixed;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(type) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) {
    throw invalidHeader("Content-Type", type);
  }
  const sections = request.body.toString("utf8").replaceAll("\r\n", "\n").split(`--${boundary}`).slice(1, -1);
  return sections.map((section) => readPart(section.replace(/^\n/, ""), request));
}

function readPart(section: string, batch: AzureRequest): BatchPart {
  const [outer, inner] = splitOnce(section, "\n\n");
  const [head] = splitOnce(inner.replace(/^\n+/, ""), "\n\n");
  const [requestLine = "", ...lines] = head.trimEnd().split("\n");
  const [, method, target] = /^([A-Z]+) (\S+) HTTP\/1\.1$/.exec(requestLine.trim()) ?? [];
  if (method === undefined || target === undefined) {
    throw invalidBatch();
  }
  const url = new URL(target, `https://${batch.host}`);
  const contentId = readHeaders(outer.split("\n"))["content-id"];
  return {
    contentId,
    request: {
      id: randomUUID(),
      method,
      host: batch.host,
      path: url.pathname,
      query: url.searchParams,
      headers: { ...readHeaders(lines), "x-ms-version": header(batch, "x-ms-version") },
      body: Buffer.alloc(0),
    },
  };
}

const readHeaders = (lines: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    lines.flatMap((line) => {
      const colon = line.indexOf(":");
      return colon < 1 ? [] : [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]];
    }),
  );

function splitOnce(text: string, at: string): [string, string] {
  const index = text.indexOf(at);
  return index < 0 ? [text, ""] : [text.slice(0, index), text.slice(index + at.length)];
}

/** The answers as one body, in the order of the requests. */
export function batchAnswer(
  answers: readonly { readonly contentId: string | undefined; readonly response: AzureResponse }[],
): AzureResponse {
  const boundary = `batchresponse_${randomUUID()}`;
  const parts = answers.map(({ contentId, response }) => {
    const { status, headers = {}, body } = response;
    const content = typeof body === "string" ? body : "";
    const length = String(Buffer.byteLength(content));
    const told: Readonly<Record<string, string | undefined>> = { ...headers, "content-length": length };
    const inner = Object.entries(told).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]));
    const outer = ["Content-Type: application/http", ...(contentId === undefined ? [] : [`Content-ID: ${contentId}`])];
    const lines = [...outer, "", `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`, ...inner, "", content];
    return `--${boundary}\r\n${lines.join("\r\n")}\r\n`;
  });
  return {
    status: 202,
    headers: { "content-type": `multipart/mixed; boundary=${boundary}` },
    body: `${parts.join("")}--${boundary}--\r\n`,
  };
}
