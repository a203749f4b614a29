import { STATUS_CODES } from "node:http";
import { jsonObject, RestClient } from "../rest/client";
import type { Connection, HttpRequest, HttpResponse } from "../rest/connection";
import type { MutableCounters } from "../rest/counters";
import type { CallRule } from "../rest/retryRule";
import type { TokenSource } from "../rest/tokenSource";
import { graphRule } from "./retryRules";

export const graphScope = "https://graph.microsoft.com/.default";
const root = "https://graph.microsoft.com/v1.0";

/** An object as Graph answers it. */
export type GraphObject = Readonly<Record<string, unknown>>;

/** Graph refused: the message reads as the real provider prints it. */
export class GraphError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(`unexpected status ${status} (${status} ${STATUS_CODES[status] ?? ""}) with error: ${code}: ${message}`);
    this.name = "GraphError";
  }
}

/** How long an operation may take whose type says nothing else, milliseconds. */
export const usualTimeout = 5 * 60_000;

/** Microsoft Graph, as the azuread provider uses it. */
export class GraphClient {
  private constructor(
    private readonly rest: RestClient,
    readonly tokens: TokenSource,
    readonly signal: AbortSignal,
    /** Which part of the real provider's own waits is kept. */
    readonly waitScale: number,
    /** How long the operation may take that it works for, milliseconds. */
    readonly timeout: number,
  ) {}

  static open(
    connection: Connection,
    tokens: TokenSource,
    counters: MutableCounters,
    signal: AbortSignal,
    waitScale: number,
  ): GraphClient {
    const options = {
      service: "graph",
      baseUrl: root,
      scope: graphScope,
      rule: graphRule,
      waitScale,
      errorOf,
    } as const;
    const rest = new RestClient(connection, tokens, counters, options);
    return new GraphClient(rest, tokens, signal, waitScale, usualTimeout);
  }

  /** The same client for an operation that may take some time, in milliseconds. */
  within(timeout: number): GraphClient {
    return new GraphClient(this.rest, this.tokens, this.signal, this.waitScale, timeout);
  }

  /** The address of a directory object, as references and bindings want it. */
  directoryObject(objectId: string): string {
    return `${root}/directoryObjects/${objectId}`;
  }

  /** @returns undefined where there is no such object */
  async get(path: string): Promise<GraphObject | undefined> {
    const response = await this.request("GET", path);
    return response.status === 404 ? undefined : jsonObject(succeeded(response));
  }

  /** @throws where there is no such object */
  async present(path: string): Promise<GraphObject> {
    return jsonObject(succeeded(await this.request("GET", path)));
  }

  /** Every page of a list. */
  async list(path: string, query: Readonly<Record<string, string>> = {}): Promise<GraphObject[]> {
    const found: GraphObject[] = [];
    const parameters = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
    let next: unknown = parameters.length === 0 ? path : `${path}?${parameters.join("&")}`;
    while (typeof next === "string") {
      const page = jsonObject(succeeded(await this.request("GET", next)));
      found.push(...((page["value"] ?? []) as GraphObject[]));
      next = page["@odata.nextLink"];
    }
    return found;
  }

  async post(path: string, body: unknown, call?: CallRule): Promise<GraphObject> {
    return jsonObject(succeeded(await this.request("POST", path, body, call)));
  }

  async patch(path: string, body: unknown, call?: CallRule): Promise<void> {
    succeeded(await this.request("PATCH", path, body, call));
  }

  /** Something that is not there counts as deleted. */
  async delete(path: string): Promise<void> {
    const response = await this.request("DELETE", path);
    if (response.status !== 404) {
      succeeded(response);
    }
  }

  private request(method: HttpRequest["method"], path: string, body?: unknown, call?: CallRule): Promise<HttpResponse> {
    const { signal, timeout } = this;
    return this.rest.send(method, path, signal, {
      timeout,
      ...(body !== undefined && { body }),
      ...(call && { call }),
    });
  }
}

function succeeded(response: HttpResponse): HttpResponse {
  if (response.status < 400) {
    return response;
  }
  const { code, message } = errorOf(response);
  throw new GraphError(response.status, code, message);
}

function errorOf({ body }: HttpResponse): { code: string; message: string } {
  try {
    const { error } = JSON.parse(body) as { error?: { code?: string; message?: string } };
    return { code: error?.code ?? "", message: error?.message ?? "" };
  } catch {
    // Not JSON: show what there is.
    return { code: "", message: body };
  }
}

/** A text within an OData filter. */
export const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`;
