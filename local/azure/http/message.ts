import type { IncomingHttpHeaders } from "node:http";
import { parseJson } from "./json";

/** A request as the services see it: read whole, its path and query decoded. */
export interface AzureRequest {
  readonly id: string;
  readonly method: string;
  /** Lower-case host name, without a port. */
  readonly host: string;
  /** The path as it was sent, still percent-encoded, without the query. */
  readonly path: string;
  /** Decoded query parameters. Names keep their case; see {@link queryParameter}. */
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Names and values by turns, in the letter case that they were sent in. */
  readonly rawHeaders?: readonly string[] | undefined;
  readonly body: Buffer;
}

/** A reply. An object body is sent as JSON, a string or a buffer as it is. */
export interface AzureResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
  /** Set where the answer is no 501, and a part of the request is unsupported. */
  readonly unknown?: true;
  /** How it reaches the client. @default whole and at once */
  readonly delivery?: Delivery;
}

/**
 * "lost" ends the connection in place of the answer, "silence" leaves it open without one, "half" ends it amid the body; slowMs is how
 * long the body takes, in milliseconds.
 */
export type Delivery = "lost" | "silence" | "half" | { readonly slowMs: number };

export function header(request: AzureRequest, name: string): string | undefined {
  const value = request.headers[name.toLowerCase()];
  return Array.isArray(value) ? value[0] : value;
}

/** A query parameter by name, in any letter case, as Azure reads them. */
export function queryParameter(request: AzureRequest, name: string): string | undefined {
  const exact = request.query.get(name);
  if (exact !== null) {
    return exact;
  }
  const wanted = name.toLowerCase();
  for (const [key, value] of request.query) {
    if (key.toLowerCase() === wanted) {
      return value;
    }
  }
  return undefined;
}

/** The body as JSON. An empty body reads as undefined; broken JSON, or JSON that is nested too deeply, throws a SyntaxError. */
export function jsonBody(request: AzureRequest): unknown {
  return request.body.length === 0 ? undefined : parseJson(request.body.toString("utf8"));
}

export function formBody(request: AzureRequest): URLSearchParams {
  return new URLSearchParams(request.body.toString("utf8"));
}

export const json = (
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string | undefined>> = {},
): AzureResponse => ({ status, body, headers });

export const empty = (status: number, headers: Readonly<Record<string, string | undefined>> = {}): AzureResponse => ({
  status,
  headers,
});
