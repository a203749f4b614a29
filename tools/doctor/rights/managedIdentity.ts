import { armGetter, armRow } from "./armRow";
import type { Inputs, Place } from "./right";
import { guidOf, type FunctionRow, type ResourceRow } from "./row";

const state = (id: string, _inputs: Inputs, place?: Place): Inputs => ({
  principalId: guidOf(id),
  clientId: guidOf(`${id}, client`),
  tenantId: place?.tenantId ?? guidOf("tenant"),
});

const identities = "{group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{resourceName}";
const identity = armRow({ type: "azure-native:managedidentity:UserAssignedIdentity", path: identities, state });

export const managedIdentityResources: readonly ResourceRow[] = [
  identity,
  armRow({
    type: "azure-native:managedidentity:FederatedIdentityCredential",
    path: `${identities}/federatedIdentityCredentials/{federatedIdentityCredentialResourceName}`,
  }),
];

export const managedIdentityFunctions: readonly FunctionRow[] = [
  armGetter("azure-native:managedidentity:getUserAssignedIdentity", identity, state),
];
