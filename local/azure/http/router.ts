import FindMyWay, { type HTTPMethod } from "find-my-way";
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

/**
 * The routes of one service. Paths match in any letter case, as Azure matches them; parameters arrive decoded and
 * keep the case they were sent in. Every route is also a row of the table of supported operations.
 */
export class Router<Context = undefined> {
  readonly operations: Operation[] = [];
  private readonly routes = FindMyWay({
    caseSensitive: false,
    ignoreTrailingSlash: true,
    ignoreDuplicateSlashes: true,
    maxParamLength: 1024,
  });

  on(method: HTTPMethod, path: string, handler: Handler<Context>): this {
    this.operations.push({ method, path });
    this.routes.on(method, path, () => undefined, { handler });
    return this;
  }

  /** Runs the handler of the request's route; undefined where there is none. */
  async route(request: AzureRequest, context: Context, path = request.path): Promise<AzureResponse | undefined> {
    const found = this.routes.find(request.method as HTTPMethod, path);
    if (found === null) {
      return undefined;
    }
    const { handler } = found.store as { handler: Handler<Context> };
    return handler(request, found.params as RouteParameters, context);
  }

  /** The methods that a path does answer to: tells an unknown path from an unknown operation on a known one. */
  methodsOf(path: string): string[] {
    const methods: HTTPMethod[] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];
    return methods.filter((method) => this.routes.find(method, path) !== null);
  }
}
