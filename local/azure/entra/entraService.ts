import type { Cloud } from "../cloud";
import type { AzureRequest, AzureResponse } from "../http/message";
import { Router, type Operation } from "../http/router";
import type { Service } from "../http/service";

const hosts = ["login.microsoftonline.com", "login.windows.net", "login.microsoft.com", "sts.windows.net"];

export class EntraService implements Service {
  readonly name = "entra";
  private readonly routes = new Router();

  constructor(private readonly cloud: Cloud) {}

  get operations(): readonly Operation[] {
    return this.routes.operations;
  }

  readonly serves = (host: string): boolean => hosts.includes(host);

  readonly handle = async (request: AzureRequest): Promise<AzureResponse> =>
    (await this.routes.route(request, undefined)) ?? this.unsupported(request);

  readonly unsupported = (request: AzureRequest): AzureResponse => ({
    status: 501,
    body: { error: "not_implemented", error_description: `Local Azure has no ${request.method} ${request.path}.` },
  });
}
