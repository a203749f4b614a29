import type { Directory } from "../directory";
import type { AppRole } from "../records";
import { delegatedScope, graphScopeIds } from "./delegatedScopes";
import { graphAppRoles } from "./graphAppRoles";
import { tenantGuid } from "./tenantGuid";

export const microsoftGraphAppId = "00000003-0000-0000-c000-000000000000";
/** The portal's part that grants consent; the Azure CLI asks for it by this ID. */
export const consentAppId = "74658136-14ec-4630-ad9b-26e160ff0fc6";
export const storageAppId = "e406a681-f3d4-42a8-90b6-c2b029497af1";

interface FirstParty {
  readonly appId: string;
  readonly displayName: string;
  /** The names a token can be asked for by, with the canonical one first. */
  readonly names: readonly string[];
  readonly appRoles: readonly AppRole[];
  /** Delegated permissions that it offers, name and ID. @default none */
  readonly scopes?: Readonly<Record<string, string>>;
  /** @default 1 */
  readonly tokenVersion?: 1 | 2;
}

/** Tenant of Microsoft's own services, which owns their applications. */
const microsoftTenantId = "f8cdef31-a31e-4b4a-93e4-5f571e91255a";

const firstParties: readonly FirstParty[] = [
  {
    appId: microsoftGraphAppId,
    displayName: "Microsoft Graph",
    names: ["https://graph.microsoft.com"],
    appRoles: graphAppRoles,
    scopes: graphScopeIds,
  },
  {
    appId: "797f4846-ba00-4fd7-ba43-dac1f8f63013",
    displayName: "Windows Azure Service Management API",
    names: ["https://management.azure.com", "https://management.core.windows.net"],
    appRoles: [],
    scopes: { user_impersonation: "41094075-9dad-400e-a0bd-54e686782033" },
  },
  {
    appId: "cfa8b339-82a2-471a-a3c9-0fc0be7a4093",
    displayName: "Azure Key Vault",
    names: ["https://vault.azure.net"],
    appRoles: [],
    scopes: { user_impersonation: "f53da476-18e3-4152-8e01-aec403e6edc0" },
  },
  {
    appId: storageAppId,
    displayName: "Azure Storage",
    names: ["https://storage.azure.com"],
    appRoles: [],
    scopes: { user_impersonation: "03e0da56-190b-40ad-a80c-ea378c433f7f" },
  },
  {
    appId: "e9f49c6b-5ce5-44c8-925d-015017e9f7ad",
    displayName: "Azure Data Lake",
    names: ["https://datalake.azure.net"],
    appRoles: [],
  },
  {
    appId: "18a66f5f-dbdf-4c17-9dd7-1634712a9cbe",
    displayName: "Azure Machine Learning",
    names: ["https://ml.azure.com"],
    appRoles: [],
  },
  {
    appId: "6a0ec4d3-30cb-4a83-91c0-ae56bc0e3d26",
    displayName: "Azure Container Registry",
    names: ["https://containerregistry.azure.net"],
    appRoles: [],
  },
  {
    appId: "fb60f99c-7a34-4190-8149-302f77469936",
    displayName: "AAD Token Exchange",
    names: ["api://AzureADTokenExchange"],
    appRoles: [],
    tokenVersion: 2,
  },
  { appId: consentAppId, displayName: "ADIbizaUX", names: [], appRoles: [] },
  { appId: "04b07795-8ddb-461a-bbee-02f9e1bf7b46", displayName: "Microsoft Azure CLI", names: [], appRoles: [] },
];

/** Adds the service principals of Microsoft's own services that the tenant lacks. */
export function seedFirstPartyPrincipals(directory: Directory): void {
  for (const { appId, displayName, names, appRoles, scopes = {}, tokenVersion } of firstParties) {
    const present = directory.servicePrincipals.byAppId(appId);
    directory.servicePrincipals.put({
      id: present?.id ?? tenantGuid(`service principal ${appId}`),
      appId,
      deletedDateTime: null,
      servicePrincipalType: "Application",
      accountEnabled: true,
      owners: [],
      properties: {
        displayName,
        appRoles,
        oauth2PermissionScopes: Object.entries(scopes).map(([value, id]) => delegatedScope(value, id)),
        api: { requestedAccessTokenVersion: tokenVersion ?? 1 },
        appOwnerOrganizationId: microsoftTenantId,
        createdDateTime:
          present?.properties["createdDateTime"] ??
          directory.clock
            .now()
            .toISOString()
            .replace(/\.\d+Z$/, "Z"),
        servicePrincipalNames: [appId, ...names],
        signInAudience: "AzureADMultipleOrgs",
      },
    });
  }
}
