import type { Cloud } from "../cloud";
import { createContainerRegistryProvider } from "../containerRegistry/resourceProvider";
import { createStorageProvider } from "../dataLake/resourceProvider";
import { createDataLakeStoreProvider } from "../dataLakeGen1/resourceProvider";
import { Router, type Operation } from "../http/router";
import type { Service } from "../http/service";
import { ServiceError } from "../http/serviceError";
import { createKeyVaultProvider } from "../keyVault/resourceProvider";
import type { ExtensionContext, ExtensionProvider } from "./authorization/extensionContext";
import { addLockRoutes } from "./authorization/lockRoutes";
import { addPermissionRoutes } from "./authorization/permissionRoutes";
import { addProviderOperationRoutes } from "./authorization/providerOperationRoutes";
import { addRoleAssignmentRoutes } from "./authorization/roleAssignmentRoutes";
import { addRoleDefinitionRoutes } from "./authorization/roleDefinitionRoutes";
import { unsupported } from "./errors";
import { FrontDoor, type Departments } from "./frontDoor";
import { createInsightsProvider } from "./insights/diagnosticSettingRoutes";
import { createMachineLearningProvider } from "./machineLearning/resourceProvider";
import { createManagedIdentityProvider } from "./managedIdentity/resourceProvider";
import { createNetworkProvider } from "./network/resourceProvider";
import { createOperationalInsightsProvider } from "./operationalInsights/resourceProvider";
import type { ArmContext, ResourceProvider } from "./resourceProvider";
import { addProviderRoutes } from "./resources/providerRoutes";
import { addResourceGroupRoutes } from "./resources/resourceGroupRoutes";
import { ResourceIndex } from "./resources/resourceIndex";
import { addResourceListRoutes } from "./resources/resourceListRoutes";
import { addSubscriptionRoutes } from "./resources/subscriptionRoutes";
import { ResourceTypes } from "./resourceTypes";
import { withArmHeaders } from "./responseHeaders";

/** Azure Resource Manager, with the resource providers behind it. */
export function createArm(cloud: Cloud): Service & { readonly operations: readonly Operation[] } {
  const providers: ResourceProvider[] = [];
  const index = new ResourceIndex(providers);
  providers.push(
    createContainerRegistryProvider(cloud),
    createKeyVaultProvider(cloud),
    createStorageProvider(cloud),
    createDataLakeStoreProvider(cloud),
    createManagedIdentityProvider(cloud),
    createMachineLearningProvider(cloud, index),
    createNetworkProvider(cloud, index),
    createOperationalInsightsProvider(cloud),
  );
  return armOf(cloud, providers, index);
}

/** ARM with the given resource providers behind it. */
export function armOf(
  cloud: Cloud,
  providers: readonly ResourceProvider[],
  index = new ResourceIndex(providers),
): Service & { readonly operations: readonly Operation[] } {
  const authorization = new Router<ExtensionContext>();
  addRoleAssignmentRoutes(authorization, cloud);
  addRoleDefinitionRoutes(authorization, cloud);
  addPermissionRoutes(authorization, cloud);
  addLockRoutes(authorization, cloud);
  addProviderOperationRoutes(authorization, () => [...extensions, ...providers]);
  const extensions: ExtensionProvider[] = [
    { namespace: "Microsoft.Authorization", routes: authorization },
    createInsightsProvider(cloud, index),
  ];
  const types = new ResourceTypes([...providers, ...extensions]);
  const resources = new Router<ArmContext>();
  addSubscriptionRoutes(resources, cloud);
  addResourceGroupRoutes(resources, cloud, providers);
  addResourceListRoutes(resources, cloud, index);
  addProviderRoutes(resources, cloud, types);
  const departments: Departments = { types, index, providers, resources, extensions };
  const frontDoor = new FrontDoor(cloud, departments);

  return {
    name: "arm",
    serves: (host) => host === "management.azure.com",
    operations: [
      { method: "GET", path: "/metadata/endpoints" },
      ...resources.operations,
      ...extensions.flatMap(({ routes }) => routes.operations),
      ...providers.flatMap(({ routes }) => routes.operations),
    ],
    unsupported: (request) => unsupported(request.method, request.path).response,
    async handle(request) {
      try {
        return withArmHeaders(request, await frontDoor.handle(request), cloud.clock.now());
      } catch (error) {
        if (error instanceof ServiceError) {
          throw new ServiceError(error.code, withArmHeaders(request, error.response, cloud.clock.now()));
        }
        throw error;
      }
    },
  };
}
