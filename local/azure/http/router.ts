import FindMyWay, { type HTTPMethod, type HTTPVersion } from "find-my-way";
import type { AzureRequest, AzureResponse } from "./message";

export type RouteParameters = Readonly<Record<string, string>>;
export type Handler<Context> = (
  request: AzureRequest,
  parameters: RouteParameters,
  context: Context,
) => AzureResponse | Promise<AzureResponse>;

/** One supported operation, as the table of operations lists it. */
export interface Operation {
  readonly method: string;
  readonly path: string;
}

interface Route<Context> {
  readonly method: HTTPMethod;
  readonly path: string;
  readonly handler: Handler<Context>;
  /** Names of the query options that it reads, in lower case. */
  readonly query: readonly string[];
}

const options = { caseSensitive: false, ignoreTrailingSlash: true, ignoreDuplicateSlashes: true, maxParamLength: 1024 };

/**
 * The routes of one service. Paths match in any letter case, as Azure matches them; parameters arrive decoded and
 * keep the case they were sent in. Every route is also a row of the table of supported operations.
 */
export class Router<Context = undefined> {
  private readonly added: Route<Context>[] = [];
  private tree: FindMyWay.Instance<HTTPVersion.V1> | undefined;

  get operations(): readonly Operation[] {
    return this.added.map(({ method, path }) => ({ method, path }));
  }

  /** @param query the query options that the handler reads, beside those of every request to the service */
  on(method: HTTPMethod, path: string, handler: Handler<Context>, query: readonly string[] = []): this {
    this.added.push({ method, path, handler, query: query.map((name) => name.toLowerCase()) });
    this.tree = undefined;
    return this;
  }

  /** Runs the handler of the request's route; undefined where there is none. */
  async route(request: AzureRequest, context: Context, path = request.path): Promise<AzureResponse | undefined> {
    return this.find(request, path)?.answer(context);
  }

  /** The request's route, not yet run; undefined where there is none. */
  find(request: AzureRequest, path = request.path): FoundRoute<Context> | undefined {
    const found = this.routes().find(request.method as HTTPMethod, path);
    return found === null
      ? undefined
      : new FoundRoute(request, found.store as Route<Context>, found.params as RouteParameters);
  }

  /** The methods that a path does answer to: tells an unknown path from an unknown operation on a known one. */
  methodsOf(path: string): string[] {
    const methods: HTTPMethod[] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];
    return methods.filter((method) => this.routes().find(method, path) !== null);
  }

  /** Made at the first request: most runs ask few of the services. */
  private routes(): FindMyWay.Instance<HTTPVersion.V1> {
    if (this.tree === undefined) {
      this.tree = FindMyWay(options);
      for (const route of this.added) this.tree.on(route.method, route.path, () => undefined, route);
    }
    return this.tree;
  }
}

/** A request with the route that it takes. */
export class FoundRoute<Context> {
  constructor(
    private readonly request: AzureRequest,
    private readonly route: Route<Context>,
    private readonly parameters: RouteParameters,
  ) {}

  /**
   * The query options of the request that the route does not read. A service that asks refuses them: an option that is
   * ignored without a word gives a client another answer than it asked for.
   * @param common what every request to the service may carry, in lower case
   */
  unreadOptions(common: readonly string[] = []): string[] {
    const { query } = this.route;
    return [...this.request.query.keys()].filter((name) => {
      const key = name.toLowerCase();
      return !common.includes(key) && !query.includes(key);
    });
  }

  answer(context: Context): AzureResponse | Promise<AzureResponse> {
    return this.route.handler(this.request, this.parameters, context);
  }
}
