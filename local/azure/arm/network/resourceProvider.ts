import type { Cloud } from "../../cloud";
import { Router } from "../../http/router";
import type { ArmContext, ResourceProvider } from "../resourceProvider";
import type { ResourceIndex } from "../resources/resourceIndex";
import { addPrivateDnsZoneRoutes } from "./privateDnsZoneRoutes";
import { addPrivateEndpointRoutes } from "./privateEndpointRoutes";
import { networkNamespace, privateDnsZones, privateEndpoints, virtualNetworks } from "./records";
import { addVirtualNetworkRoutes } from "./virtualNetworkRoutes";

/** Microsoft.Network: as much of it as private endpoints and the firewalls of vaults and lakes need. */
export function createNetworkProvider(cloud: Cloud, index: ResourceIndex): ResourceProvider {
  const routes = new Router<ArmContext>();
  addVirtualNetworkRoutes(routes, cloud);
  addPrivateEndpointRoutes(routes, cloud, index);
  addPrivateDnsZoneRoutes(routes, cloud);
  return {
    namespace: networkNamespace,
    routes,
    removeGroup(resourceGroupId) {
      const name = resourceGroupId.slice(resourceGroupId.lastIndexOf("/") + 1);
      privateEndpoints(cloud.store).deleteGroup(name);
      privateDnsZones(cloud.store).deleteGroup(name);
      virtualNetworks(cloud.store).deleteGroup(name);
    },
  };
}
