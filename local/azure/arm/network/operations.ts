import type { Cloud } from "../../cloud";
import { operationKind, type OperationOutcome } from "../asyncOperations";
import { networkNamespace, privateEndpoints } from "./records";

const shared = { namespace: networkNamespace, statusType: "operations" } as const;

interface EndpointName {
  readonly resourceGroup: string;
  readonly name: string;
}

/** The end of a change that was made when it was asked for. */
export const settled = operationKind<Record<string, never>>({
  ...shared,
  name: "Microsoft.Network/settled",
  complete: () => ({ status: "Succeeded" }),
});

export const endpointCreation = operationKind<EndpointName>({
  ...shared,
  name: "Microsoft.Network/privateEndpoints/write",
  complete(cloud, { resourceGroup, name }) {
    const endpoints = privateEndpoints(cloud.store);
    const endpoint = endpoints.get(resourceGroup, name);
    if (endpoint !== undefined) {
      endpoints.set({ ...endpoint, provisioningState: "Succeeded" });
    }
    return { status: "Succeeded" };
  },
});

export const endpointDeletion = operationKind<EndpointName>({
  ...shared,
  name: "Microsoft.Network/privateEndpoints/delete",
  complete: (cloud, endpoint) => removeEndpoint(cloud, endpoint),
});

function removeEndpoint(cloud: Cloud, { resourceGroup, name }: EndpointName): OperationOutcome {
  const endpoints = privateEndpoints(cloud.store);
  const endpoint = endpoints.get(resourceGroup, name);
  if (endpoint !== undefined) {
    endpoints.delete(endpoint);
  }
  return { status: "Succeeded" };
}
