import { resourceGroupId, tenant } from "../../landingZone/layout";
import type { Directory } from "../../entra/directory";
import type { FederatedCredentialRecord } from "../../entra/records";
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

export type FederatedIdentityCredential = Pick<FederatedCredentialRecord, "name" | "issuer" | "subject" | "audiences">;

/** User-assigned identities by resource group and name. The credentials federated to each lie with who signs it in. */
export class UserAssignedIdentities {
  private readonly identities: Collection<UserAssignedIdentity>;

  constructor(
    store: Store,
    private readonly directory: Directory,
  ) {
    this.identities = store.collection("managedIdentity.userAssignedIdentities");
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

  delete({ resourceGroup, name, principalId }: UserAssignedIdentity): void {
    this.identities.delete(key(resourceGroup, name));
    this.directory.identityFederation.delete(principalId);
  }

  credentialsOf({ principalId }: UserAssignedIdentity): readonly FederatedIdentityCredential[] {
    return this.directory.identityFederation.get(principalId) ?? [];
  }

  setCredentials({ principalId }: UserAssignedIdentity, credentials: readonly FederatedIdentityCredential[]): void {
    this.directory.identityFederation.set(
      principalId,
      credentials.map((credential) => ({ id: credential.name, description: null, ...credential })),
    );
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
