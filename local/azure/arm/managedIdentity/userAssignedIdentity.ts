import { resourceGroupId, tenant } from "../../landingZone/layout";
import type { Collection, Store } from "../../store/store";

export interface UserAssignedIdentity {
  readonly name: string;
  readonly resourceGroup: string;
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Object ID of its service principal. */
  readonly principalId: string;
  readonly clientId: string;
}

export interface FederatedIdentityCredential {
  readonly name: string;
  readonly issuer: string;
  readonly subject: string;
  readonly audiences: readonly string[];
}

/** User-assigned identities by resource group and name, with the credentials federated to each. */
export class UserAssignedIdentities {
  private readonly identities: Collection<UserAssignedIdentity>;
  private readonly credentials: Collection<readonly FederatedIdentityCredential[]>;

  constructor(store: Store) {
    this.identities = store.collection("managedIdentity.userAssignedIdentities");
    this.credentials = store.collection("managedIdentity.federatedIdentityCredentials");
  }

  get(resourceGroup: string, name: string): UserAssignedIdentity | undefined {
    return this.identities.get(key(resourceGroup, name));
  }

  /** Those of one resource group, or all. */
  list(resourceGroup?: string): UserAssignedIdentity[] {
    const all = [...this.identities.values()].sort((a, b) => a.name.localeCompare(b.name));
    return resourceGroup === undefined
      ? all
      : all.filter((identity) => identity.resourceGroup.toLowerCase() === resourceGroup.toLowerCase());
  }

  set(identity: UserAssignedIdentity): void {
    this.identities.set(key(identity.resourceGroup, identity.name), identity);
  }

  delete({ resourceGroup, name }: UserAssignedIdentity): void {
    this.identities.delete(key(resourceGroup, name));
    this.credentials.delete(key(resourceGroup, name));
  }

  credentialsOf({ resourceGroup, name }: UserAssignedIdentity): readonly FederatedIdentityCredential[] {
    return this.credentials.get(key(resourceGroup, name)) ?? [];
  }

  setCredentials(
    { resourceGroup, name }: UserAssignedIdentity,
    credentials: readonly FederatedIdentityCredential[],
  ): void {
    this.credentials.set(key(resourceGroup, name), credentials);
  }
}

export const identityType = "Microsoft.ManagedIdentity/userAssignedIdentities";

export const identityId = ({ resourceGroup, name }: Pick<UserAssignedIdentity, "resourceGroup" | "name">): string =>
  `${resourceGroupId(resourceGroup)}/providers/${identityType}/${name}`;

export const identityBody = (identity: UserAssignedIdentity): object => ({
  id: identityId(identity),
  name: identity.name,
  type: identityType,
  location: identity.location,
  tags: identity.tags,
  properties: { tenantId: tenant.id, principalId: identity.principalId, clientId: identity.clientId },
});

const key = (resourceGroup: string, name: string): string => `${resourceGroup}/${name}`.toLowerCase();
