import { resourceGroupId } from "../../landingZone/layout";
import type { Collection, Store } from "../../store/store";

export const networkNamespace = "Microsoft.Network";

/** What every resource of a network has in common. */
interface Placed {
  readonly name: string;
  readonly resourceGroup: string;
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Changes with every write. */
  readonly etag: string;
}

export interface Subnet {
  readonly name: string;
  readonly etag: string;
  readonly addressPrefix: string;
  /** Services whose firewalls know the subnet, such as "Microsoft.KeyVault". */
  readonly serviceEndpoints: readonly string[];
  readonly privateEndpointNetworkPolicies: string;
  readonly privateLinkServiceNetworkPolicies: string;
}

export interface VirtualNetwork extends Placed {
  readonly resourceGuid: string;
  readonly addressPrefixes: readonly string[];
  readonly subnets: readonly Subnet[];
}

export interface LinkConnection {
  readonly name: string;
  /** Resource ID of what the endpoint leads to. */
  readonly target: string;
  /** The parts of it, such as "vault" or "dfs". */
  readonly groupIds: readonly string[];
  readonly requestMessage?: string;
  readonly manual: boolean;
}

export interface ZoneConfig {
  readonly name: string;
  readonly zoneId: string;
}

export interface ZoneGroup {
  readonly name: string;
  readonly etag: string;
  readonly zones: readonly ZoneConfig[];
}

export interface PrivateEndpoint extends Placed {
  readonly resourceGuid: string;
  readonly subnetId: string;
  readonly connection: LinkConnection;
  /** The address in the subnet. */
  readonly address: string;
  readonly customNetworkInterfaceName: string;
  readonly provisioningState: "Updating" | "Succeeded" | "Deleting";
  readonly zoneGroups: readonly ZoneGroup[];
}

export interface NetworkLink {
  readonly name: string;
  readonly etag: string;
  readonly virtualNetworkId: string;
  readonly registrationEnabled: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

export interface PrivateDnsZone extends Placed {
  readonly links: readonly NetworkLink[];
}

/** Records of one type by resource group and name. */
export class NetworkResources<Record extends Placed> {
  private readonly records: Collection<Record>;

  constructor(
    store: Store,
    readonly type: string,
  ) {
    this.records = store.collection(`network.${type}`);
  }

  get(resourceGroup: string, name: string): Record | undefined {
    return this.records.get(key(resourceGroup, name));
  }

  /** Those of one resource group, or all. */
  list(resourceGroup?: string): Record[] {
    const all = [...this.records.values()].sort((a, b) => a.name.localeCompare(b.name));
    return resourceGroup === undefined
      ? all
      : all.filter((each) => each.resourceGroup.toLowerCase() === resourceGroup.toLowerCase());
  }

  set(record: Record): void {
    this.records.set(key(record.resourceGroup, record.name), record);
  }

  delete(record: Record): void {
    this.records.delete(key(record.resourceGroup, record.name));
  }

  deleteGroup(resourceGroup: string): void {
    this.list(resourceGroup).forEach((record) => {
      this.delete(record);
    });
  }

  id({ resourceGroup, name }: Pick<Placed, "resourceGroup" | "name">): string {
    return `${resourceGroupId(resourceGroup)}/providers/${networkNamespace}/${this.type}/${name}`;
  }
}

export const virtualNetworks = (store: Store): NetworkResources<VirtualNetwork> =>
  new NetworkResources(store, "virtualNetworks");
export const privateEndpoints = (store: Store): NetworkResources<PrivateEndpoint> =>
  new NetworkResources(store, "privateEndpoints");
export const privateDnsZones = (store: Store): NetworkResources<PrivateDnsZone> =>
  new NetworkResources(store, "privateDnsZones");

const key = (resourceGroup: string, name: string): string => `${resourceGroup}/${name}`.toLowerCase();
