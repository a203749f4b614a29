import type { Cloud } from "../cloud";
import { SignInRefused } from "../entra/errors";
import type { ServicePrincipalRecord } from "../entra/records";
import type { TokenIssuer } from "../entra/token/tokenIssuer";
import { header, json, queryParameter, type AzureRequest, type AzureResponse } from "../http/message";
import { Router, type Handler, type Operation } from "../http/router";
import type { Service } from "../http/service";
import { ServiceError } from "../http/serviceError";
import { attachedIdentity, type WantedIdentity } from "./attachedIdentity";
import { identityToken, type IdentityToken } from "./identityToken";
import { machineOf, metadataHost, type Machine } from "./machine";

/** How one kind of host words its refusals. */
interface Wording {
  readonly notAttached: AzureResponse;
  readonly severalAttached: AzureResponse;
  readonly refused: (refusal: SignInRefused, request: AzureRequest) => AzureResponse;
}

const dated = /^\d{4}-\d{2}-\d{2}/;

/**
 * The token endpoints that Azure's hosts offer to what runs on them: a virtual machine's instance metadata service, the endpoint
 * of an Azure Machine Learning compute, and that of App Service. Each gives tokens of the identities attached to the host alone.
 */
export class MetadataService implements Service {
  readonly name = "metadata";
  private readonly routes = new Router<Machine>();

  constructor(
    private readonly cloud: Cloud,
    private readonly issuer: TokenIssuer,
  ) {
    this.routes
      .on("GET", "/metadata/identity/oauth2/token", this.virtualMachine)
      .on("GET", "/machine-learning/token", this.machineLearning)
      .on("GET", "/app-service/token", this.appService);
  }

  get operations(): readonly Operation[] {
    return this.routes.operations;
  }

  readonly serves = (host: string): boolean => host === metadataHost;

  readonly handle = async (request: AzureRequest): Promise<AzureResponse> => {
    const machine = machineOf(request, this.cloud.stateKey);
    if (machine === undefined) {
      throw failed(refusal(404, "not_found", "There is no such machine."));
    }
    return (await this.routes.route(request, machine)) ?? this.unsupported(request);
  };

  readonly unsupported = (request: AzureRequest): AzureResponse =>
    this.routes.methodsOf(request.path).length > 0
      ? refusal(405, "invalid_request", `The method ${request.method} is not allowed.`)
      : refusal(501, "not_implemented", `Local Azure does not support ${request.method} ${request.path} of a machine.`);

  private readonly virtualMachine: Handler<Machine> = async (request, _parameters, { clientIds }) => {
    if (header(request, "metadata")?.toLowerCase() !== "true") {
      throw failed(refusal(400, "bad_request_102", "Required metadata header not specified"));
    }
    if (header(request, "x-forwarded-for") !== undefined) {
      throw failed(refusal(400, "invalid_request", "Requests that were forwarded are not served"));
    }
    const version = queryParameter(request, "api-version");
    if (version === undefined || !dated.test(version)) {
      const error =
        "Bad request. api-version is invalid or was not specified in the request. For more information refer to aka.ms/azureimds";
      throw failed(json(400, { error, "newest-versions": ["2021-12-13", "2021-11-15", "2021-11-01"] }));
    }
    const resource = queryParameter(request, "resource");
    if (resource === undefined || resource === "") {
      throw failed(refusal(400, "invalid_request", "Required audience parameter not specified"));
    }
    const wanted = {
      clientId: queryParameter(request, "client_id"),
      objectId: queryParameter(request, "object_id") ?? queryParameter(request, "principal_id"),
      resourceId: queryParameter(request, "msi_res_id") ?? queryParameter(request, "mi_res_id"),
    };
    return json(200, await this.token(request, clientIds, wanted, resource, virtualMachineWording));
  };

  private readonly machineLearning: Handler<Machine> = async (request, _parameters, { clientIds, key }) => {
    if (header(request, "secret") !== key) {
      throw failed(hostError(401, "The header secret is missing, or not what MSI_SECRET has.", request));
    }
    const resource = requiredResource(request);
    const wanted = { clientId: queryParameter(request, "clientid") ?? queryParameter(request, "client_id") };
    const token = await this.token(request, clientIds, wanted, resource, hostWording(request));
    const { access_token, expires_on, token_type } = token;
    return json(200, { access_token, expires_on, resource, token_type });
  };

  private readonly appService: Handler<Machine> = async (request, _parameters, { clientIds, key }) => {
    if (header(request, "x-identity-header") !== key) {
      throw failed(
        hostError(401, "The header X-IDENTITY-HEADER is missing, or not what IDENTITY_HEADER has.", request),
      );
    }
    const resource = requiredResource(request);
    const wanted = {
      clientId: queryParameter(request, "client_id"),
      objectId: queryParameter(request, "object_id") ?? queryParameter(request, "principal_id"),
      resourceId: queryParameter(request, "mi_res_id"),
    };
    const token = await this.token(request, clientIds, wanted, resource, hostWording(request));
    const { access_token, expires_on, token_type, client_id } = token;
    return json(200, { access_token, expires_on, resource, token_type, client_id });
  };

  private async token(
    request: AzureRequest,
    clientIds: readonly string[],
    wanted: WantedIdentity,
    resource: string,
    wording: Wording,
  ): Promise<IdentityToken> {
    const chosen = attachedIdentity(this.cloud.directory, clientIds, wanted);
    if (typeof chosen === "string") {
      throw failed(chosen === "not attached" ? wording.notAttached : wording.severalAttached);
    }
    return await this.signedIn(request, chosen, resource, wording);
  }

  private async signedIn(
    request: AzureRequest,
    identity: ServicePrincipalRecord,
    resource: string,
    wording: Wording,
  ): Promise<IdentityToken> {
    try {
      return await identityToken(this.issuer, this.cloud.clock, identity, resource);
    } catch (error) {
      throw error instanceof SignInRefused ? failed(wording.refused(error, request)) : error;
    }
  }
}

const refusal = (status: number, error: string, description: string): AzureResponse =>
  json(status, { error, error_description: description });

const virtualMachineWording: Wording = {
  notAttached: refusal(400, "invalid_request", "Identity not found"),
  severalAttached: refusal(
    400,
    "invalid_request",
    "Multiple user assigned identities exist, please specify the clientId / resourceId of the identity in the token request",
  ),
  refused: ({ aadsts, error, message }, { id }) =>
    refusal(400, error, `AADSTS${aadsts}: ${message} Trace ID: ${id} Correlation ID: ${id}`),
};

/** What App Service and the computes of Azure Machine Learning say. */
const hostError = (statusCode: number, message: string, { id }: AzureRequest): AzureResponse =>
  json(statusCode, { statusCode, message, correlationId: id });

const hostWording = (request: AzureRequest): Wording => {
  const unknown = hostError(400, "No Managed Identity found for specified ClientId/ResourceId/PrincipalId.", request);
  return {
    notAttached: unknown,
    severalAttached: unknown,
    refused: ({ aadsts, message }) => hostError(400, `AADSTS${aadsts}: ${message}`, request),
  };
};

function requiredResource(request: AzureRequest): string {
  const resource = queryParameter(request, "resource");
  if (resource === undefined || resource === "" || queryParameter(request, "api-version") === undefined) {
    throw failed(hostError(400, "The parameters resource and api-version are required.", request));
  }
  return resource;
}

const failed = (response: AzureResponse): ServiceError => {
  const { error } = response.body as { readonly error?: string };
  return new ServiceError(error ?? "BadRequest", response);
};
