import type { SystemData } from "../arm/systemData";
import { resourceGroupId } from "../landingZone/layout";
import type { Collection, Store } from "../store/store";

export const registryType = "Microsoft.ContainerRegistry/registries";

export interface Registry {
  readonly name: string;
  readonly resourceGroup: string;
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly sku: string;
  readonly createdAt: string;
  readonly systemData: SystemData;
}

/** Container registries by name, which no two in Azure share. */
export class Registries {
  private readonly records: Collection<Registry>;

  constructor(store: Store) {
    this.records = store.collection("containerRegistry.registries");
  }

  get(name: string): Registry | undefined {
    return this.records.get(name.toLowerCase());
  }

  list(resourceGroup?: string): Registry[] {
    return [...this.records.values()]
      .filter((one) => resourceGroup === undefined || one.resourceGroup.toLowerCase() === resourceGroup.toLowerCase())
      .sort((a, b) => a.name.localeCompare(b.name));
  }

  set(registry: Registry): void {
    this.records.set(registry.name.toLowerCase(), registry);
  }

  delete({ name }: Registry): void {
    this.records.delete(name.toLowerCase());
  }

  /** The registry that answers at a host. */
  atHost(host: string): Registry | undefined {
    return this.get(host.slice(0, -registrySuffix.length));
  }
}

export const registrySuffix = ".azurecr.io";

export const registryId = ({ resourceGroup, name }: Pick<Registry, "resourceGroup" | "name">): string =>
  `${resourceGroupId(resourceGroup)}/providers/${registryType}/${name}`;

export const registryBody = (registry: Registry): object => ({
  id: registryId(registry),
  name: registry.name,
  type: registryType,
  location: registry.location,
  tags: registry.tags,
  sku: { name: registry.sku, tier: registry.sku },
  properties: {
    loginServer: `${registry.name.toLowerCase()}${registrySuffix}`,
    creationDate: registry.createdAt,
    provisioningState: "Succeeded",
    adminUserEnabled: false,
    anonymousPullEnabled: false,
    publicNetworkAccess: "Enabled",
    roleAssignmentMode: "LegacyRegistryPermissions",
  },
  systemData: registry.systemData,
});
