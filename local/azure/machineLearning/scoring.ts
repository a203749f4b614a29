import { EndpointSecrets } from "../arm/machineLearning/endpointKeys";
import { childId, childType, WorkspaceChildren, type WorkspaceChild } from "../arm/machineLearning/workspaceChildren";
import type { Cloud } from "../cloud";
import { TokenRefused } from "../entra/caller";
import { header, json, type AzureRequest, type AzureResponse } from "../http/message";
import { Router, type Operation } from "../http/router";
import type { Service } from "../http/service";
import { ServiceError } from "../http/serviceError";
import { parseJson } from "../http/json";

const suffix = ".inference.ml.azure.com";
const endpointType = "onlineEndpoints";
export const machineLearningAudience = "https://ml.azure.com";

/** Online endpoints as their callers see them: who may, is answered with what it sent. No model runs here. */
export function createScoring(cloud: Cloud): Service & { readonly operations: readonly Operation[] } {
  const children = new WorkspaceChildren(cloud.store);
  const secrets = new EndpointSecrets(cloud);
  const router = new Router<WorkspaceChild>();
  router.on("POST", "/score", async (request, _parameters, endpoint) => {
    await authorize(cloud, secrets, request, endpoint);
    const deployment = deploymentOf(children, request, endpoint);
    return {
      status: 200,
      headers: { "azureml-model-deployment": deployment },
      body: { deployment, received: received(request) },
    };
  });

  return {
    name: "machineLearning",
    operations: router.operations,
    serves: (host) => host.endsWith(suffix),
    unsupported,
    async handle(request) {
      const endpoint = children
        .ofType(endpointType)
        .find((child) => `${child.names[0] ?? ""}.${child.location ?? ""}${suffix}`.toLowerCase() === request.host);
      if (endpoint === undefined) {
        return {
          status: 404,
          headers: { "content-type": "text/plain; charset=utf-8" },
          body: `There is no online endpoint at ${request.host}: in Azure this name would not resolve.\n`,
        };
      }
      return (await router.route(request, endpoint)) ?? unsupported(request);
    },
  };
}

const refusal = (status: number, code: string, message: string): ServiceError =>
  new ServiceError(code, json(status, { error: { code, message } }));

const unsupported = ({ method, path }: AzureRequest): AzureResponse =>
  refusal(501, "NotImplemented", `Local Azure does not support ${method} ${path} of an online endpoint.`).response;

/** The caller shows what the endpoint's authMode asks for, as a bearer token in each case. */
async function authorize(
  cloud: Cloud,
  secrets: EndpointSecrets,
  request: AzureRequest,
  endpoint: WorkspaceChild,
): Promise<void> {
  const shown = /^Bearer (.+)$/i.exec(header(request, "authorization") ?? "")?.[1] ?? "";
  switch (endpoint.properties["authMode"]) {
    case "Key":
      mustHold(shown !== "" && secrets.isKey(endpoint, shown), "key_auth_access_denied");
      return;
    case "AMLToken":
      mustHold(shown !== "" && secrets.isToken(endpoint, shown), "token_auth_access_denied");
      return;
    default:
      await mayScore(cloud, request, endpoint);
  }
}

function mustHold(holds: boolean, code: string): void {
  if (!holds) {
    throw refusal(401, code, "Access denied: the key or token is missing, wrong or expired.");
  }
}

async function mayScore(cloud: Cloud, request: AzureRequest, endpoint: WorkspaceChild): Promise<void> {
  const action = `${childType(endpointType)}/score/action`;
  try {
    const { objectId } = await cloud.tokens.authenticate(request, [machineLearningAudience]);
    if (!cloud.access.allows(objectId, action, childId(endpoint))) {
      throw refusal(
        403,
        "PermissionDenied",
        `The caller '${objectId}' may not take ${action} on '${childId(endpoint)}'.`,
      );
    }
  } catch (error) {
    if (error instanceof TokenRefused) {
      throw refusal(
        401,
        "Unauthorized",
        `Unauthorized. Access token is missing, invalid, audience is incorrect (${machineLearningAudience}), or have expired.`,
      );
    }
    throw error;
  }
}

/** The deployment that the caller names, or the one with the most traffic. */
function deploymentOf(children: WorkspaceChildren, request: AzureRequest, endpoint: WorkspaceChild): string {
  const named = header(request, "azureml-model-deployment");
  const ready = children
    .list(endpoint.workspace, `${endpointType}/deployments`, endpoint.names)
    .flatMap(({ names }) => names[1] ?? []);
  const traffic = endpoint.properties["traffic"] as Readonly<Record<string, number>>;
  const [busiest] = Object.entries(traffic)
    .filter(([, share]) => share > 0)
    .sort(([, one], [, other]) => other - one);
  const chosen = ready.find((name) => name === (named ?? busiest?.[0]));
  if (chosen === undefined) {
    throw refusal(
      404,
      "NotFound",
      "No valid deployments to route to. Please check that the endpoint has at least one deployment with positive weight values or use a deployment specific header to route.",
    );
  }
  return chosen;
}

function received({ body }: AzureRequest): unknown {
  const text = body.toString("utf8");
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}
