import { createArm } from "../arm/arm";
import type { Cloud } from "../cloud";
import { json, type AzureRequest, type AzureResponse } from "../http/message";
import { Router, type Operation } from "../http/router";
import type { Service } from "../http/service";

const suffix = ".api.azureml.ms";

/** The services of a workspace's region that clients of the older interface look for, all at one host. */
const services = [
  "api",
  "assets",
  "catalog",
  "experimentation",
  "history",
  "hyperdrive",
  "jasmine",
  "metrics",
  "modelmanagement",
  "pipelines",
  "studio",
] as const;

/** What the older interface asks for here and not at Azure Resource Manager, which answers it. */
const forwarded = "/rp/workspaces";
const computes = `${forwarded}/subscriptions/:subscription/resourceGroups/:group/providers/Microsoft.MachineLearningServices/workspaces/:workspace/computes`;

/** The machine learning service of a region, as far as it tells where things are, and which computes there are. */
export function createRegionalService(cloud: Cloud): Service & { readonly operations: readonly Operation[] } {
  const arm = createArm(cloud);
  const toArm = (request: AzureRequest): Promise<AzureResponse> =>
    arm.handle({ ...request, host: "management.azure.com", path: request.path.slice(forwarded.length) });
  const router = new Router();
  router
    // Whoever asks is answered: it names no workspace.
    .on("GET", "/discovery", ({ host }) =>
      json(200, Object.fromEntries(services.map((service) => [service, `https://${host}`]))),
    )
    .on("GET", computes, toArm)
    .on("GET", `${computes}/:compute`, toArm);

  return {
    name: "machineLearningRegion",
    operations: router.operations,
    serves: (host) => host.endsWith(suffix),
    unsupported,
    handle: async (request) => (await router.route(request, undefined)) ?? unsupported(request),
  };
}

const unsupported = ({ method, path }: AzureRequest): AzureResponse =>
  json(501, {
    error: { code: "NotImplemented", message: `Local Azure does not support ${method} ${path} of a region.` },
  });
