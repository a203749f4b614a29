import type { Connection, HttpRequest, HttpResponse } from "./connection";
import type { MutableCounters } from "./counters";
import { sendPatiently, type RetryPolicy } from "./retry";
import type { TokenSource } from "./tokenSource";

export interface ClientOptions {
  /** Which counter its requests add to. */
  readonly service: "graph" | "arm" | "keyVault";
  /** For example `https://management.azure.com`. */
  readonly baseUrl: string;
  /** For example `https://management.azure.com/.default`. */
  readonly scope: string;
  readonly retry: Omit<RetryPolicy, "retriesUnanswered">;
}

/** Sends JSON requests to one service, with a token and its retries. */
export class RestClient {
  constructor(
    private readonly connection: Connection,
    private readonly tokens: TokenSource,
    private readonly counters: MutableCounters,
    private readonly options: ClientOptions,
  ) {}

  /**
   * @param target a path with its query, or a whole URL
   * @param alsoRetries answers to repeat besides those that the service's policy repeats
   * @returns the last answer, whatever its status
   */
  async send(
    method: HttpRequest["method"],
    target: string,
    signal: AbortSignal,
    body?: unknown,
    alsoRetries: (response: HttpResponse) => boolean = () => false,
  ): Promise<HttpResponse> {
    const { baseUrl, scope, service, retry } = this.options;
    const url = target.startsWith("https://") ? target : baseUrl + target;
    const attempt = async (): Promise<HttpResponse> => {
      const headers = { authorization: `Bearer ${await this.tokens.token(scope, signal)}` };
      this.counters[service] += 1;
      const sent = body === undefined ? {} : { body: JSON.stringify(body) };
      const type = body === undefined ? {} : { "content-type": "application/json; charset=utf-8" };
      return this.connection.send({ method, url, headers: { ...headers, ...type }, ...sent }, signal);
    };
    const retries = (response: HttpResponse): boolean => retry.retries(response) || alsoRetries(response);
    // Both real providers send again what is safe to send twice.
    const policy = { ...retry, retries, retriesUnanswered: method !== "POST" };
    return sendPatiently(attempt, policy, signal, () => (this.counters.retries += 1));
  }
}

/** A JSON object from an answer's body; an empty object where there is none. */
export function jsonObject(response: HttpResponse): Record<string, unknown> {
  if (response.body.trim() === "") {
    return {};
  }
  const value = JSON.parse(response.body) as unknown;
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
