import { randomUUID } from "node:crypto";
import type { Directory } from "./directory";
import type { ServicePrincipalRecord } from "./records";

export interface ManagedIdentityInput {
  readonly displayName: string;
  /** ARM ID of the identity, or of the resource that has it. */
  readonly resourceId: string;
}

export interface ManagedIdentity {
  /** Object ID of the service principal. */
  readonly principalId: string;
  readonly clientId: string;
}

/** What Azure writes into the names of a user-assigned identity's service principal, before its resource ID. */
const isExplicit = "isExplicit=True";

/** Resource ID of the managed identity that a service principal stands for. */
export function managedIdentityResourceId({ properties }: ServicePrincipalRecord): string {
  const names = properties["alternativeNames"];
  const resourceId: unknown = Array.isArray(names) ? names.find((name) => name !== isExplicit) : undefined;
  return typeof resourceId === "string" ? resourceId : "";
}

/** The service principals behind managed identities: they have no application. */
export class ManagedIdentities {
  constructor(private readonly directory: Directory) {}

  add({ displayName, resourceId }: ManagedIdentityInput): ManagedIdentity {
    const principalId = randomUUID();
    const clientId = randomUUID();
    this.directory.servicePrincipals.put({
      id: principalId,
      appId: clientId,
      deletedDateTime: null,
      servicePrincipalType: "ManagedIdentity",
      accountEnabled: true,
      owners: [],
      properties: {
        displayName,
        alternativeNames: [isExplicit, resourceId],
        createdDateTime: this.directory.clock
          .now()
          .toISOString()
          .replace(/\.\d+Z$/, "Z"),
      },
    });
    return { principalId, clientId };
  }

  remove(principalId: string): void {
    const found = this.directory.servicePrincipals.get(principalId);
    if (found?.servicePrincipalType === "ManagedIdentity") {
      this.directory.dropGrants(found.id);
      this.directory.identityFederation.delete(found.id);
      this.directory.servicePrincipals.purge(found);
    }
  }
}
