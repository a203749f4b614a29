import type { Cloud } from "../cloud";
import { TokenRefused, type TokenProblem } from "../entra/caller";
import { microsoftGraphAppId } from "../entra/wellKnown/firstPartyPrincipals";
import type { AzureRequest, AzureResponse } from "../http/message";
import { Router, type Operation } from "../http/router";
import type { Service } from "../http/service";
import { ServiceError } from "../http/serviceError";
import { applicationRoutes } from "./applications/applications";
import { federatedIdentityCredentialRoutes } from "./applications/federatedIdentityCredentials";
import { answerBatch } from "./batch";
import type { GraphContext } from "./context";
import { deletedItemRoutes } from "./directory/deletedItems";
import { directoryObjectRoutes } from "./directory/directoryObjects";
import { organizationRoutes } from "./directory/organization";
import { keyRoutes } from "./credentials/keys";
import { passwordRoutes } from "./credentials/passwords";
import { invalidToken, notCarriedOut } from "./errors";
import { groupRoutes } from "./groups/groups";
import { membershipRoutes } from "./groups/membership";
import { withKeySegments } from "./lookup";
import { ownerRoutes } from "./owners";
import { replyHeaders, withInnerError } from "./replyHeaders";
import { refuseUnseen } from "./replication";
import { appRoleAssignmentRoutes } from "./servicePrincipals/appRoleAssignments";
import { delegatedGrantRoutes } from "./servicePrincipals/delegatedGrants";
import { servicePrincipalRoutes } from "./servicePrincipals/servicePrincipals";
import { userRoutes } from "./users/users";

const host = "graph.microsoft.com";
const audiences = [`https://${host}`, microsoftGraphAppId];
const versioned = /^\/(v1\.0|beta)(\/.*)$/i;

const problems: Readonly<Record<TokenProblem, string>> = {
  missing: "Access token is empty.",
  malformed: "CompactToken parsing failed with error code: 80049217",
  signature: "Access token validation failure. Invalid signature.",
  expired: "Lifetime validation failed, the token is expired.",
  audience: "Access token validation failure. Invalid audience.",
  tenant: "Access token validation failure. Invalid tenant.",
};

/** Microsoft Graph. Both versions have the same operations here; beta shows a few more properties. */
export class GraphService implements Service {
  readonly name = "graph";
  private readonly routes = new Router<GraphContext>();

  constructor(private readonly cloud: Cloud) {
    applicationRoutes(this.routes);
    passwordRoutes(this.routes);
    keyRoutes(this.routes);
    federatedIdentityCredentialRoutes(this.routes);
    ownerRoutes(this.routes);
    servicePrincipalRoutes(this.routes);
    appRoleAssignmentRoutes(this.routes);
    delegatedGrantRoutes(this.routes);
    deletedItemRoutes(this.routes);
    directoryObjectRoutes(this.routes);
    organizationRoutes(this.routes);
    userRoutes(this.routes);
    groupRoutes(this.routes);
    membershipRoutes(this.routes);
    this.routes.on("POST", "/$batch", (request, _parameters, { version }) =>
      answerBatch(request, version, (part) => this.settled(part)),
    );
  }

  get operations(): readonly Operation[] {
    return this.routes.operations;
  }

  readonly serves = (candidate: string): boolean => candidate === host;

  readonly handle = async (request: AzureRequest): Promise<AzureResponse> => {
    try {
      return this.dressed(request, await this.answer(request));
    } catch (error) {
      if (!(error instanceof ServiceError)) {
        throw error;
      }
      const response = withInnerError(error.response, request, this.cloud.clock.now());
      throw new ServiceError(error.code, this.dressed(request, response));
    }
  };

  readonly unsupported = (request: AzureRequest): AzureResponse => ({
    status: 501,
    body: {
      error: {
        code: "NotImplemented",
        message: `Local Azure does not support ${request.method} ${request.path} in Microsoft Graph.`,
      },
    },
  });

  private async answer(request: AzureRequest): Promise<AzureResponse> {
    // Clients that join addresses carelessly double a slash; Graph takes it for one.
    const [, version = "", path = ""] = versioned.exec(request.path.replace(/\/{2,}/g, "/")) ?? [];
    if (version === "") {
      return this.unsupported(request);
    }
    const caller = await this.cloud.tokens.authenticate(request, audiences).catch((error: unknown) => {
      throw error instanceof TokenRefused ? invalidToken(problems[error.problem]) : error;
    });
    const context: GraphContext = {
      caller,
      cloud: this.cloud,
      directory: this.cloud.directory,
      version: version.toLowerCase() === "beta" ? "beta" : "v1.0",
      root: `https://${host}/${version.toLowerCase()}`,
    };
    const routed = withKeySegments(path);
    const found = this.routes.find(request, routed);
    const unread = found?.unreadOptions() ?? [];
    if (unread.length > 0) {
      throw notCarriedOut(`${request.method} ${request.path} with the query option ${unread.join(", ")}`);
    }
    const seen = this.cloud.replicas.directory("graph");
    if (request.method === "GET" || request.method === "HEAD") {
      return found?.answer({ ...context, directory: seen }) ?? this.unsupported(request);
    }
    if (seen !== context.directory) {
      refuseUnseen(request, routed, context, seen);
    }
    return found?.answer(context) ?? this.unsupported(request);
  }

  /** The answer to a request of a batch, a refusal included. */
  private async settled(request: AzureRequest): Promise<AzureResponse> {
    try {
      return await this.handle(request);
    } catch (error) {
      if (error instanceof ServiceError) {
        return error.response;
      }
      throw error;
    }
  }

  private dressed(request: AzureRequest, response: AzureResponse): AzureResponse {
    return { ...response, headers: Object.assign(replyHeaders(request, response), response.headers) };
  }
}
