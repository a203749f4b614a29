import type { Cloud } from "../cloud";
import { TokenRefused } from "../entra/caller";
import { formBody, header, json, type AzureRequest, type AzureResponse } from "../http/message";
import { Router, type Operation } from "../http/router";
import type { Service } from "../http/service";
import { ServiceError } from "../http/serviceError";
import { OwnTokens } from "../store/ownTokens";
import { Registries, registryId, registrySuffix, registryType, type Registry } from "./registries";

/** Audiences of the tokens that a registry exchanges for its own. */
const audiences = ["https://containerregistry.azure.net", "https://management.azure.com"];

const refreshSeconds = 3 * 3600;
const accessSeconds = 75 * 60;

/** What a registry lets one do in a repository, and the action that Azure asks for. */
const actions = { pull: `${registryType}/pull/read`, push: `${registryType}/push/write` } as const;
type Action = keyof typeof actions;

interface Access {
  readonly type: string;
  readonly name: string;
  readonly actions: readonly string[];
}

/** Container registries at `*.azurecr.io`: who may pull and push. They hold no images. */
export function createContainerRegistry(cloud: Cloud): Service & { readonly operations: readonly Operation[] } {
  const registries = new Registries(cloud.store);
  const refreshTokens = new OwnTokens(cloud.stateKey, cloud.clock, "registry/refresh");
  const accessTokens = new OwnTokens(cloud.stateKey, cloud.clock, "registry/access");
  const router = new Router<Registry>();

  router
    .on("POST", "/oauth2/exchange", async (request, _parameters, registry) => {
      const objectId = await exchanged(cloud, request);
      const { token } = refreshTokens.issue({ registry: registry.name, sub: objectId }, refreshSeconds);
      return json(200, { refresh_token: token });
    })
    .on("POST", "/oauth2/token", (request, _parameters, registry) => {
      const form = formBody(request);
      const claims = refreshTokens.read(form.get("refresh_token") ?? "");
      if (claims?.["registry"] !== registry.name || typeof claims["sub"] !== "string") {
        throw unauthorized();
      }
      const access = form.getAll("scope").flatMap((scope) => granted(cloud, String(claims["sub"]), registry, scope));
      const { token } = accessTokens.issue({ registry: registry.name, access }, accessSeconds);
      return json(200, { access_token: token });
    })
    .on("GET", "/v2/", (request, _parameters, registry) => {
      accessOf(request, registry, accessTokens);
      return json(200, {});
    })
    .on("GET", "/v2/:repository/tags/list", (request, { repository = "" }, registry) => {
      mustBeAllowed(accessOf(request, registry, accessTokens), registry, repository, "pull");
      throw told(404, "NAME_UNKNOWN", `repository name not known to registry: ${repository}`);
    })
    .on("POST", "/v2/:repository/blobs/uploads/", (request, { repository = "" }, registry) => {
      mustBeAllowed(accessOf(request, registry, accessTokens), registry, repository, "push");
      throw told(501, "UNSUPPORTED", "Local Azure's registries don't store images.");
    });

  return {
    name: "containerRegistry",
    operations: router.operations,
    serves: (host) => host.endsWith(registrySuffix),
    unsupported,
    async handle(request) {
      const registry = registries.atHost(request.host);
      if (registry === undefined) {
        return {
          status: 404,
          headers: { "content-type": "text/plain; charset=utf-8" },
          body: `There is no container registry at ${request.host}: in Azure this name would not resolve.\n`,
        };
      }
      return (await router.route(request, registry)) ?? unsupported(request);
    },
  };
}

const told = (status: number, code: string, message: string, headers: Record<string, string> = {}): ServiceError =>
  new ServiceError(code, json(status, { errors: [{ code, message, detail: null }] }, headers));

const unauthorized = (headers: Record<string, string> = {}): ServiceError =>
  told(
    401,
    "UNAUTHORIZED",
    "authentication required, visit https://aka.ms/acr/authorization for more information.",
    headers,
  );

const unsupported = ({ method, path }: AzureRequest): AzureResponse =>
  told(501, "UNSUPPORTED", `Local Azure does not support ${method} ${path} of a container registry.`).response;

/** The object ID of whoever shows a token of Entra ID. */
async function exchanged(cloud: Cloud, request: AzureRequest): Promise<string> {
  const form = formBody(request);
  try {
    const shown = { ...request, headers: { authorization: `Bearer ${form.get("access_token") ?? ""}` } };
    return (await cloud.tokens.authenticate(shown, audiences)).objectId;
  } catch (error) {
    throw error instanceof TokenRefused ? unauthorized() : error;
  }
}

/** Of what "repository:name:pull,push" asks for, what the caller's roles allow. */
function granted(cloud: Cloud, objectId: string, registry: Registry, scope: string): Access[] {
  const [type = "", name = "", asked = ""] = scope.split(":");
  if (type !== "repository") {
    return [];
  }
  const allowed = (action: string): boolean =>
    action in actions && cloud.access.allows(objectId, actions[action as Action], registryId(registry));
  return [{ type, name, actions: asked.split(",").filter(allowed) }];
}

function accessOf(request: AzureRequest, registry: Registry, tokens: OwnTokens): readonly Access[] {
  const token = /^Bearer (.+)$/i.exec(header(request, "authorization") ?? "")?.[1] ?? "";
  const claims = tokens.read(token);
  if (claims?.["registry"] !== registry.name) {
    throw unauthorized(challenge(registry));
  }
  return claims["access"] as readonly Access[];
}

function mustBeAllowed(access: readonly Access[], registry: Registry, repository: string, action: Action): void {
  if (!access.some(({ name, actions: allowed }) => name === repository && allowed.includes(action))) {
    throw unauthorized(challenge(registry, `repository:${repository}:${action}`));
  }
}

function challenge({ name }: Registry, scope?: string): Record<string, string> {
  const host = `${name.toLowerCase()}${registrySuffix}`;
  const missing = scope === undefined ? "" : `,scope="${scope}",error="insufficient_scope"`;
  return { "www-authenticate": `Bearer realm="https://${host}/oauth2/token",service="${host}"${missing}` };
}
