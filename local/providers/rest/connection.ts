import { readFileSync } from "node:fs";
import { ProxyAgent, request, type Dispatcher } from "undici";

export interface HttpRequest {
  readonly method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpResponse {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** A request was sent, and no answer came: nobody knows whether the service has carried it out. */
export class UnansweredError extends Error {
  constructor(
    readonly method: HttpRequest["method"],
    cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = "UnansweredError";
  }
}

/** Sends requests through the proxy, over connections that are kept. */
export interface Connection {
  /** @throws UnansweredError where the network gives no answer; an answer of any status is no error */
  send(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse>;
  close(): Promise<void>;
}

/** @param caFile the authority that the proxy's certificates come from, PEM */
export function openConnection(proxyUrl: string, caFile: string): Connection {
  const agent = new ProxyAgent({
    uri: proxyUrl,
    requestTls: { ca: readFileSync(caFile, "utf8") },
    keepAliveTimeout: 30_000,
  });
  return {
    async send({ method, url, headers, body }, signal) {
      const options = { dispatcher: agent, method, signal, headers: { accept: "application/json", ...headers } };
      try {
        const response = await request(url, { ...options, ...(body === undefined ? {} : { body }) });
        const { statusCode: status } = response;
        return { status, headers: plainHeaders(response.headers), body: await response.body.text() };
      } catch (error) {
        throw signal.aborted ? error : new UnansweredError(method, error);
      }
    },
    close: () => agent.destroy(),
  };
}

function plainHeaders(headers: Dispatcher.ResponseData["headers"]): Record<string, string | undefined> {
  const entries = Object.entries(headers);
  return Object.fromEntries(entries.map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]));
}
