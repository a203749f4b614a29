import type { JSONWebKeySet } from "jose";
import type { Cloud } from "../cloud";
import type { AzureRequest, AzureResponse } from "../http/message";
import { Router, type Operation, type RouteParameters } from "../http/router";
import type { Service } from "../http/service";
import { instanceDiscovery, isMultiTenant, keySet, openIdConfigurationV1, openIdConfigurationV2 } from "./discovery";
import { signInError, SignInRefused } from "./errors";
import { headersFor } from "./replyHeaders";
import { requireTenant } from "./tenants";
import type { IssuerKeys } from "./token/federatedAssertion";
import { signingKey, type SigningKey } from "./token/signingKey";
import { TokenEndpoint } from "./token/tokenEndpoint";
import { TokenIssuer } from "./token/tokenIssuer";

const hosts = ["login.microsoftonline.com", "login.windows.net", "login.microsoft.com", "sts.windows.net"];

export interface EntraOptions {
  /** Finds the keys of outside token issuers. @default none can be reached */
  readonly issuerKeys?: IssuerKeys;
}

/** Sign-in: discovery documents and token endpoints. */
export class EntraService implements Service {
  readonly name = "entra";
  private readonly routes = new Router();
  private readonly key: SigningKey;

  constructor(
    private readonly cloud: Cloud,
    options: EntraOptions,
  ) {
    const { tenant } = cloud.directory;
    this.key = signingKey(cloud.store, cloud.stateKey);
    const outside = options.issuerKeys ?? (() => Promise.resolve(undefined));
    const tokens = new TokenEndpoint(cloud, new TokenIssuer(cloud, this.key), (issuer) =>
      ownIssuers(tenant.id).includes(issuer) ? Promise.resolve(jwks(this.key, issuer)) : outside(issuer),
    );
    this.routes
      .on("GET", "/:tenant/discovery/instance", (request) => instanceDiscovery(request, tenant.id))
      .on("GET", "/:tenant/v2.0/.well-known/openid-configuration", this.discovery(openIdConfigurationV2))
      .on("GET", "/:tenant/.well-known/openid-configuration", this.discovery(openIdConfigurationV1))
      .on("GET", "/:tenant/discovery/v2.0/keys", () =>
        keySet(this.key, `https://login.microsoftonline.com/${tenant.id}/v2.0`),
      )
      .on("GET", "/:tenant/discovery/keys", () => keySet(this.key, `https://sts.windows.net/${tenant.id}/`))
      .on("POST", "/:tenant/oauth2/v2.0/token", (request, parameters) => {
        requireTenant(tenant, tenantOf(parameters));
        return tokens.v2(request);
      })
      .on("POST", "/:tenant/oauth2/token", (request, parameters) => {
        requireTenant(tenant, tenantOf(parameters));
        return tokens.v1(request);
      });
  }

  get operations(): readonly Operation[] {
    return this.routes.operations;
  }

  readonly serves = (host: string): boolean => hosts.includes(host);

  readonly handle = async (request: AzureRequest): Promise<AzureResponse> => {
    try {
      const response = (await this.routes.route(request, undefined)) ?? this.unsupported(request);
      return { ...response, headers: { ...headersFor(request), ...response.headers } };
    } catch (error) {
      if (!(error instanceof SignInRefused)) {
        throw error;
      }
      throw signInError(error, request, this.cloud.clock.now(), headersFor(request));
    }
  };

  readonly unsupported = (request: AzureRequest): AzureResponse => ({
    status: 501,
    body: {
      error: "not_implemented",
      error_description: `Local Azure does not support ${request.method} ${request.path}. It signs in programs with client credentials; it can't sign in users.`,
    },
  });

  private discovery(
    document: (tenantName: string) => AzureResponse,
  ): (request: AzureRequest, parameters: RouteParameters) => AzureResponse {
    const { tenant } = this.cloud.directory;
    return (_request, parameters) => {
      const name = tenantOf(parameters);
      if (isMultiTenant(name)) {
        return document(name.toLowerCase());
      }
      requireTenant(tenant, name, "invalid_tenant");
      return document(tenant.id);
    };
  }
}

const tenantOf = (parameters: RouteParameters): string => parameters["tenant"] ?? "";

const ownIssuers = (tenantId: string): string[] => [
  `https://login.microsoftonline.com/${tenantId}/v2.0`,
  `https://sts.windows.net/${tenantId}/`,
];

const jwks = (key: SigningKey, issuer: string): JSONWebKeySet => keySet(key, issuer).body as JSONWebKeySet;
