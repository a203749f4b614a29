import { readFileSync } from "node:fs";
import { errors, ProxyAgent, request, type Dispatcher } from "undici";
import { headersOfResource } from "./resourceInHand";

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

/** How long a request waits for its answer, in milliseconds: local Azure needs some. The real providers wait for minutes. */
const usualAnswerTime = 60_000;

/**
 * @param caFile the authority that the proxy's certificates come from, PEM
 * @param answerTime how long a request waits for its answer, milliseconds
 */
export function openConnection(proxyUrl: string, caFile: string, answerTime = usualAnswerTime): Connection {
  const agent = new ProxyAgent({
    uri: proxyUrl,
    requestTls: { ca: readFileSync(caFile, "utf8") },
    keepAliveTimeout: 30_000,
    headersTimeout: answerTime,
    bodyTimeout: answerTime,
  });
  return {
    async send({ method, url, headers, body }, signal) {
      const sent = { accept: "application/json", ...headersOfResource(), ...headers };
      const options = { dispatcher: agent, method, signal, headers: sent };
      try {
        const response = await request(url, { ...options, ...(body === undefined ? {} : { body }) });
        const { statusCode: status } = response;
        return { status, headers: plainHeaders(response.headers), body: await response.body.text() };
      } catch (error) {
        throw signal.aborted ? error : new UnansweredError(method, toldOf(error, url, answerTime));
      }
    },
    close: () => agent.destroy(),
  };
}

function toldOf(error: unknown, url: string, answerTime: number): unknown {
  const late = error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError;
  return late
    ? new Error(`no answer from ${new URL(url).host} within ${answerTime / 1000} seconds`, { cause: error })
    : error;
}

function plainHeaders(headers: Dispatcher.ResponseData["headers"]): Record<string, string | undefined> {
  const entries = Object.entries(headers);
  return Object.fromEntries(entries.map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]));
}
