import type { Facts, RequestFacts, TypeFacts } from "./facts";

/**
 * Sources, in pulumi/pulumi-azure-native at this version: provider/pkg/provider/provider.go (a look whether the ID is taken,
 * the PUT, and a read after each write), crud/crud.go (a read before an update that must keep lists of others),
 * diff.go and gen/replacement.go (what replaces), and the API specifications' x-ms-mutability.
 */
const ordinary: RequestFacts = { create: "GET PUT GET", read: "GET", update: "PUT GET", delete: "DELETE" };
/** What Azure makes after it has answered: the resource is also read to see the end of it. */
const slow: RequestFacts = { ...ordinary, create: "GET PUT GET GET", update: "PUT GET GET" };

const row = (replaces: readonly string[] = [], requests = ordinary): TypeFacts => ({ requests, replaces });

export const azureNativeFacts: Facts = {
  provider: "azure-native",
  version: "3.28.0",
  types: {
    "azure-native:authorization:ManagementLockByScope": row(),
    "azure-native:authorization:RoleAssignment": row(["principalId"]),
    // Azure answers with the ID at the subscription, which is read from then on.
    "azure-native:authorization:RoleDefinition": row([], { ...ordinary, create: "GET, GET PUT" }),
    "azure-native:datalakestore:Account": row(["location"]),
    // Resource Manager can't delete a secret: the vault is asked.
    "azure-native:keyvault:Secret": row([], { ...ordinary, delete: "" }),
    "azure-native:keyvault:Vault": row(["location"], { ...slow, update: "GET PUT GET" }),
    "azure-native:machinelearningservices:Compute": row(),
    "azure-native:machinelearningservices:Workspace": row(["keyVault", "location", "storageAccount"], slow),
    "azure-native:managedidentity:FederatedIdentityCredential": row(),
    "azure-native:managedidentity:UserAssignedIdentity": row(["location"]),
    "azure-native:monitor:DiagnosticSetting": row(),
    "azure-native:network:PrivateDnsZoneGroup": { ...row([], slow), refused: ["id"] },
    "azure-native:network:PrivateEndpoint": { ...row(["location", "subnet"], slow), refused: ["id"] },
    "azure-native:operationalinsights:Workspace": row(["location"], slow),
    "azure-native:privatedns:PrivateZone": row(["location"], slow),
    "azure-native:resources:ResourceGroup": row(["location"]),
    "azure-native:storage:BlobContainer": row(),
    "azure-native:storage:BlobServiceProperties": row([], { ...ordinary, create: "PUT GET", delete: "GET PUT" }),
    "azure-native:storage:ManagementPolicy": row(),
    "azure-native:storage:StorageAccount": row(["isHnsEnabled", "location"]),
  },
};
