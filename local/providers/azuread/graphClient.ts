import { STATUS_CODES } from "node:http";
import { jsonObject, RestClient } from "../rest/client";
import type { Connection, HttpRequest, HttpResponse } from "../rest/connection";
import type { MutableCounters } from "../rest/counters";
import { isPassing } from "../rest/retry";
import type { TokenSource } from "../rest/tokenSource";

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

/** Answers that a call repeats besides throttling: replication, mostly. */
export type AlsoRetries = (status: number, message: string) => boolean;

const missing: AlsoRetries = (status) => status === 404;

/** Microsoft Graph, as the azuread provider uses it. */
export class GraphClient {
  private readonly rest: RestClient;

  constructor(
    connection: Connection,
    readonly tokens: TokenSource,
    counters: MutableCounters,
    readonly signal: AbortSignal,
  ) {
    this.rest = new RestClient(connection, tokens, counters, {
      service: "graph",
      baseUrl: root,
      scope: graphScope,
      retry: {
        attempts: 16,
        firstWait: 250,
        longestWait: 30_000,
        retries: ({ status }) => isPassing(status) || status === 424,
      },
    });
  }

  /** The address of a directory object, as references and bindings want it. */
  directoryObject(objectId: string): string {
    return `${root}/directoryObjects/${objectId}`;
  }

  /** @returns undefined where there is no such object */
  async get(path: string): Promise<GraphObject | undefined> {
    const response = await this.rest.send("GET", path, this.signal);
    return response.status === 404 ? undefined : jsonObject(succeeded(response));
  }

  /** @throws where there is no such object */
  async present(path: string): Promise<GraphObject> {
    return jsonObject(succeeded(await this.rest.send("GET", path, this.signal)));
  }

  /** Every page of a list. */
  async list(path: string, query: Readonly<Record<string, string>> = {}): Promise<GraphObject[]> {
    const found: GraphObject[] = [];
    const parameters = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
    let next: unknown = parameters.length === 0 ? path : `${path}?${parameters.join("&")}`;
    while (typeof next === "string") {
      const page = jsonObject(succeeded(await this.rest.send("GET", next, this.signal)));
      found.push(...((page["value"] ?? []) as GraphObject[]));
      next = page["@odata.nextLink"];
    }
    return found;
  }

  async post(path: string, body: unknown, alsoRetries?: AlsoRetries): Promise<GraphObject> {
    return jsonObject(await this.send("POST", path, body, alsoRetries));
  }

  /** Repeats while the object is not found: an update of something just created may be early. */
  async patch(path: string, body: unknown, alsoRetries: AlsoRetries = missing): Promise<void> {
    await this.send("PATCH", path, body, alsoRetries);
  }

  /** Something that is not there counts as deleted. */
  async delete(path: string): Promise<void> {
    const response = await this.rest.send("DELETE", path, this.signal);
    if (response.status !== 404) {
      succeeded(response);
    }
  }

  private async send(
    method: HttpRequest["method"],
    path: string,
    body: unknown,
    alsoRetries: AlsoRetries = () => false,
  ): Promise<HttpResponse> {
    return succeeded(
      await this.rest.send(method, path, this.signal, body, (response) =>
        response.status >= 400 ? alsoRetries(response.status, errorOf(response).message) : false,
      ),
    );
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
