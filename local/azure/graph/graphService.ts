import type { Cloud } from "../cloud";
import type { AzureRequest, AzureResponse } from "../http/message";
import { Router, type Operation } from "../http/router";
import type { Service } from "../http/service";

export class GraphService implements Service {
  readonly name = "graph";
  private readonly routes = new Router();

  constructor(private readonly cloud: Cloud) {}

  get operations(): readonly Operation[] {
    return this.routes.operations;
  }

  readonly serves = (host: string): boolean => host === "graph.microsoft.com";

  readonly handle = async (request: AzureRequest): Promise<AzureResponse> =>
    (await this.routes.route(request, undefined)) ?? this.unsupported(request);

  readonly unsupported = (request: AzureRequest): AzureResponse => ({
    status: 501,
    body: { error: { code: "NotImplemented", message: `Local Azure has no ${request.method} ${request.path}.` } },
  });
}
