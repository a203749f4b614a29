import { resourceGroupId, subscription } from "../../landingZone/layout";
import type { Collection, Store } from "../../store/store";

export interface ResourceGroup {
  /** In the case it was created with. */
  readonly name: string;
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly managedBy?: string;
  readonly provisioningState: "Succeeded" | "Deleting";
}

/** The subscription's resource groups. */
export class ResourceGroups {
  private readonly records: Collection<ResourceGroup>;

  constructor(store: Store) {
    this.records = store.collection("arm.resourceGroups");
  }

  get(name: string): ResourceGroup | undefined {
    return this.records.get(name.toLowerCase());
  }

  all(): ResourceGroup[] {
    return [...this.records.values()].sort((a, b) => a.name.localeCompare(b.name));
  }

  set(group: ResourceGroup): void {
    this.records.set(group.name.toLowerCase(), group);
  }

  delete(name: string): void {
    this.records.delete(name.toLowerCase());
  }
}

export const resourceGroupBody = ({ name, location, tags, managedBy, provisioningState }: ResourceGroup): object => ({
  id: resourceGroupId(name),
  name,
  type: "Microsoft.Resources/resourceGroups",
  location,
  tags,
  ...(managedBy === undefined ? {} : { managedBy }),
  properties: { provisioningState },
});

export const subscriptionScope = `/subscriptions/${subscription.id}`;
