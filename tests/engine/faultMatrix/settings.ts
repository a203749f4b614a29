import { resourceGroups, subscription, tenant } from "../../../local/azure/landingZone/layout";

/** The smallest stack that meets every row: a vault, a lake, and one daemon with a secret, a permission and a file system. */
export const settings = `config:
  azure-native:subscriptionId: ${subscription.id}
  azure-native:tenantId: ${tenant.id}
  azuread:tenantId: ${tenant.id}
  azure-daemon-access:location: westeurope
  azure-daemon-access:resourceGroupName: ${resourceGroups.daemons}
  azure-daemon-access:daemons:
    - name: daemon-0
      secret: { rotation: { startsAt: "2026-01-01T00:00:00Z" } }
      graph: { permissions: [User.Read.All] }
      lake: { fileSystem: forecasts }
`;
