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

/** Makes the service principal behind a managed identity. It has no application. */
export function addManagedIdentity(
  directory: Directory,
  { displayName, resourceId }: ManagedIdentityInput,
): ManagedIdentity {
  const principalId = randomUUID();
  const clientId = randomUUID();
  directory.servicePrincipals.put({
    id: principalId,
    appId: clientId,
    deletedDateTime: null,
    servicePrincipalType: "ManagedIdentity",
    accountEnabled: true,
    owners: [],
    properties: {
      displayName,
      alternativeNames: [isExplicit, resourceId],
      createdDateTime: directory.clock
        .now()
        .toISOString()
        .replace(/\.\d+Z$/, "Z"),
    },
  });
  return { principalId, clientId };
}

/** Removes a managed identity's service principal for good, with the app roles it holds. */
export function removeManagedIdentity(directory: Directory, principalId: string): void {
  const found = directory.servicePrincipals.get(principalId);
  if (found?.servicePrincipalType === "ManagedIdentity") {
    directory.dropGrants(found.id);
    directory.identityFederation.delete(found.id);
    directory.servicePrincipals.purge(found);
  }
}
