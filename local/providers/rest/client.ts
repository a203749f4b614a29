import type { Connection, HttpRequest, HttpResponse } from "./connection";
import type { MutableCounters } from "./counters";
import { sendPatiently } from "./retry";
import { repeats, repeatsAnswer, type AnsweredError, type CallRule, type ClientRule } from "./retryRule";
import type { TokenSource } from "./tokenSource";

export interface ClientOptions {
  /** Which counter its requests add to. */
  readonly service: "graph" | "arm" | "keyVault";
  /** For example `https://management.azure.com`. */
  readonly baseUrl: string;
  /** For example `https://management.azure.com/.default`. */
  readonly scope: string;
  readonly rule: ClientRule;
  /** Which part of the client's own waits is kept. @default 1 */
  readonly waitScale?: number;
  /** Reads the service's error, where a rule looks at it. @default an empty error */
  readonly errorOf?: (response: HttpResponse) => AnsweredError;
}

/** What a request may say besides where it goes. */
export interface SendOptions {
  readonly body?: unknown;
  /** What is repeated besides what the client repeats always. */
  readonly call?: CallRule;
  /** How long the operation that it belongs to may take, milliseconds. @default five minutes */
  readonly timeout?: number;
}

const usualTimeout = 5 * 60_000;
const noError = (): AnsweredError => ({ code: "", message: "" });

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
   * @returns the last answer, whatever its status
   */
  async send(
    method: HttpRequest["method"],
    target: string,
    signal: AbortSignal,
    { body, call, timeout = usualTimeout }: SendOptions = {},
  ): Promise<HttpResponse> {
    const { baseUrl, scope, service, rule, waitScale: scale = 1, errorOf = noError } = this.options;
    const url = target.startsWith("https://") ? target : baseUrl + target;
    const attempt = async (): Promise<HttpResponse> => {
      const headers = { authorization: `Bearer ${await this.tokens.token(scope, signal)}` };
      this.counters[service] += 1;
      const sent = body === undefined ? {} : { body: JSON.stringify(body) };
      const type = body === undefined ? {} : { "content-type": "application/json; charset=utf-8" };
      return this.connection.send({ method, url, headers: { ...headers, ...type }, ...sent }, signal);
    };
    const policy = {
      attempts: typeof rule.attempts === "number" ? rule.attempts : rule.attempts(timeout),
      waits: rule.waits,
      scale,
      retries: (response: HttpResponse) =>
        repeats(rule, response, errorOf) || repeatsAnswer(call?.answers, response, errorOf),
      retriesUnanswered: rule.unanswered === "every request" || method === "GET" || method === "HEAD",
    };
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
