import type { Directory } from "../directory";
import type { AppRole } from "../records";
import { graphAppRoles } from "./graphAppRoles";
import { tenantGuid } from "./tenantGuid";

export const microsoftGraphAppId = "00000003-0000-0000-c000-000000000000";
export const storageAppId = "e406a681-f3d4-42a8-90b6-c2b029497af1";

interface FirstParty {
  readonly appId: string;
  readonly displayName: string;
  /** The names a token can be asked for by, with the canonical one first. */
  readonly names: readonly string[];
  readonly appRoles: readonly AppRole[];
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
  },
  {
    appId: "797f4846-ba00-4fd7-ba43-dac1f8f63013",
    displayName: "Windows Azure Service Management API",
    names: ["https://management.azure.com", "https://management.core.windows.net"],
    appRoles: [],
  },
  {
    appId: "cfa8b339-82a2-471a-a3c9-0fc0be7a4093",
    displayName: "Azure Key Vault",
    names: ["https://vault.azure.net"],
    appRoles: [],
  },
  {
    appId: storageAppId,
    displayName: "Azure Storage",
    names: ["https://storage.azure.com"],
    appRoles: [],
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
];

/** Adds the service principals of Microsoft's own services that the tenant lacks. */
export function seedFirstPartyPrincipals(directory: Directory): void {
  for (const { appId, displayName, names, appRoles, tokenVersion } of firstParties) {
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
