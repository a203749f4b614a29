import { z } from "zod";
import { armError, resourceNotFound } from "../arm/errors";
import { contentOf, tagsSchema } from "../arm/jsonContent";
import { shortLocation } from "../arm/regions";
import type { ArmContext, ResourceProvider } from "../arm/resourceProvider";
import { touch } from "../arm/systemData";
import type { Cloud } from "../cloud";
import { empty, json } from "../http/message";
import { Router } from "../http/router";
import { Registries, registryBody, registryType, type Registry } from "./registries";

const putSchema = z.looseObject({
  location: z.string(),
  tags: tagsSchema.nullish(),
  sku: z.looseObject({ name: z.enum(["Basic", "Standard", "Premium"]) }),
});

const namePattern = /^[a-z0-9]{5,50}$/i;

/** Microsoft.ContainerRegistry: registries, as far as a workspace names one and roles are assigned on it. */
export function createContainerRegistryProvider(cloud: Cloud): ResourceProvider {
  const registries = new Registries(cloud.store);
  const routes = new Router<ArmContext>();
  const collection = `/subscriptions/:subscription/resourceGroups/:group/providers/${registryType}`;
  const path = `${collection}/:registry`;
  const inGroup = (name: string, resourceGroup: string): Registry | undefined => {
    const found = registries.get(name);
    return found?.resourceGroup.toLowerCase() === resourceGroup.toLowerCase() ? found : undefined;
  };

  routes
    .on("PUT", path, (request, { registry: name = "" }, { resourceGroup = "", caller }) => {
      if (!namePattern.test(name)) {
        throw armError(
          400,
          "InvalidResourceName",
          `The registry name '${name}' is not valid. It must have 5 to 50 letters and digits.`,
        );
      }
      const { location, tags, sku } = contentOf(request, putSchema);
      const before = inGroup(name, resourceGroup);
      if (before === undefined && registries.get(name) !== undefined) {
        throw armError(409, "AlreadyInUse", `The registry DNS name ${name}.azurecr.io is already in use.`);
      }
      const now = cloud.clock.now();
      const registry: Registry = {
        name: before?.name ?? name,
        resourceGroup,
        location: shortLocation(location),
        tags: tags ?? {},
        sku: sku.name,
        createdAt: before?.createdAt ?? now.toISOString(),
        systemData: touch(caller, now, before?.systemData),
      };
      registries.set(registry);
      return json(before === undefined ? 201 : 200, registryBody(registry));
    })
    .on("GET", path, (_request, { registry: name = "" }, { resourceGroup = "" }) => {
      const found = inGroup(name, resourceGroup);
      if (found === undefined) {
        throw resourceNotFound(registryType, name, resourceGroup);
      }
      return json(200, registryBody(found));
    })
    .on("DELETE", path, (_request, { registry: name = "" }, { resourceGroup = "" }) => {
      const found = inGroup(name, resourceGroup);
      if (found === undefined) {
        return empty(204);
      }
      registries.delete(found);
      return empty(200);
    })
    .on("GET", collection, (_request, _parameters, { resourceGroup }) =>
      json(200, { value: registries.list(resourceGroup).map(registryBody) }),
    )
    .on("GET", `/subscriptions/:subscription/providers/${registryType}`, () =>
      json(200, { value: registries.list().map(registryBody) }),
    );

  return {
    namespace: "Microsoft.ContainerRegistry",
    routes,
    removeGroup(resourceGroupId) {
      registries.list(resourceGroupId.slice(resourceGroupId.lastIndexOf("/") + 1)).forEach((registry) => {
        registries.delete(registry);
      });
    },
  };
}
