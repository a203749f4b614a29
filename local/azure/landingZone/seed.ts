import { seedWorkspace } from "../arm/machineLearning/seedWorkspace";
import { ResourceGroups } from "../arm/resources/resourceGroupRecord";
import { Registrations } from "../arm/resources/registrations";
import type { Cloud } from "../cloud";
import { registryType } from "../containerRegistry/registries";
import { seedRegistry } from "../containerRegistry/seedRegistry";
import { seedStorageAccount } from "../dataLake/accounts";
import { seedDataLakeStore } from "../dataLakeGen1/accounts";
import { seedApplication, seedUser } from "../entra/seeding";
import { seedVault } from "../keyVault/vaults";
import {
  dataLakeStore,
  identities,
  location,
  resourceGroupId,
  resourceGroups,
  workspace,
  type IdentityName,
} from "./layout";
import { people } from "./people";
import { azureRoleAssignments, graphPermissions } from "./rights";
import { landingZoneSecret } from "./secret";

/** Namespaces that the landing zone's subscription is registered for. */
const registeredNamespaces = [
  "Microsoft.ContainerRegistry",
  "Microsoft.DataLakeStore",
  "Microsoft.Insights",
  "Microsoft.KeyVault",
  "Microsoft.MachineLearningServices",
  "Microsoft.ManagedIdentity",
  "Microsoft.Network",
  "Microsoft.OperationalInsights",
  "Microsoft.Storage",
] as const;

/** Raised when what a landing zone holds changes. */
const version = 5;

/**
 * Lays out the landing zone in an empty state: identities with their rights, users, resource groups, and the workspace
 * with its storage account and vault. Does nothing in a state that has been laid out, so what was deleted since stays
 * deleted.
 */
export function seedLandingZone(cloud: Cloud): void {
  const done = cloud.store.collection<number>("landingZone");
  if (done.get("version") === version) {
    return;
  }
  seedIdentities(cloud);
  seedResources(cloud);
  azureRoleAssignments.forEach((assignment) => {
    cloud.access.seed(assignment);
  });
  done.set("version", version);
}

function seedIdentities(cloud: Cloud): void {
  for (const [name, { clientId, objectId }] of Object.entries(identities)) {
    seedApplication(cloud.directory, {
      clientId,
      objectId,
      displayName: `landing-zone-${name}`,
      secret: landingZoneSecret(cloud.stateKey, name as IdentityName),
      graphAppRoles: graphPermissions[name as IdentityName],
    });
  }
  people.forEach((person) => {
    seedUser(cloud.directory, person);
  });
}

function seedResources(cloud: Cloud): void {
  const registrations = new Registrations(cloud.store);
  registeredNamespaces.forEach((namespace) => {
    registrations.add(namespace);
  });
  const groups = new ResourceGroups(cloud.store);
  for (const name of Object.values(resourceGroups)) {
    groups.set({ name, location, tags: {}, provisioningState: "Succeeded" });
  }
  seedDataLakeStore(cloud, {
    resourceGroup: resourceGroups.daemons,
    name: dataLakeStore.name,
    location,
    creator: identities.administrator.objectId,
  });
  const resourceGroup = resourceGroups.machineLearning;
  seedStorageAccount(cloud, { resourceGroup, name: workspace.storageAccount, location, hierarchicalNamespace: false });
  seedVault(cloud, { resourceGroup, name: workspace.vault, location });
  seedRegistry(cloud, { resourceGroup, name: workspace.containerRegistry, location });
  const group = resourceGroupId(resourceGroup);
  seedWorkspace(cloud, {
    resourceGroup,
    name: workspace.name,
    location,
    storageAccount: `${group}/providers/Microsoft.Storage/storageAccounts/${workspace.storageAccount}`,
    keyVault: `${group}/providers/Microsoft.KeyVault/vaults/${workspace.vault}`,
    containerRegistry: `${group}/providers/${registryType}/${workspace.containerRegistry}`,
  });
}
