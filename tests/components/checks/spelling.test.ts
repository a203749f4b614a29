import fc from "fast-check";
import * as identifiers from "../../../components/checks/identifiers";
import { oneSpelling } from "../../../components/checks/spelling";

const GUID = "2f5c1d3e-8a47-4b0c-9d61-7e3f9a5b2c84";
const group = `/subscriptions/${GUID}/resourceGroups/rg-daemons/providers`;

/** An ID of each kind that comes from outside, as Azure shows it. */
const ids = {
  objectId: GUID,
  workspaceId: `${group}/Microsoft.MachineLearningServices/workspaces/mlw-forecast`,
  storageAccountId: `${group}/Microsoft.Storage/storageAccounts/stforecast`,
  userAssignedIdentityId: `${group}/Microsoft.ManagedIdentity/userAssignedIdentities/id-trainer`,
  containerRegistryId: `${group}/Microsoft.ContainerRegistry/registries/crforecast`,
  vaultId: `${group}/Microsoft.KeyVault/vaults/kv-daemons`,
  lakeStoreId: `${group}/Microsoft.DataLakeStore/accounts/forecastlake`,
  subnetId: `${group}/Microsoft.Network/virtualNetworks/vnet-hub/subnets/snet-agents`,
  logWorkspaceId: `${group}/Microsoft.OperationalInsights/workspaces/log-platform`,
} as const;
const others = [
  `${group}/Microsoft.Network/privateDnsZones/privatelink.vaultcore.azure.net`,
  `/subscriptions/${GUID}/providers/Microsoft.Authorization/roleDefinitions/${GUID}`,
  `/providers/Microsoft.Authorization/roleDefinitions/${GUID}`,
];

const respelled = (id: string): fc.Arbitrary<string> =>
  fc
    .array(fc.boolean(), { minLength: id.length, maxLength: id.length })
    .map((upper) => Array.from(id, (c, at) => (upper[at] === true ? c.toUpperCase() : c.toLowerCase())).join(""));

describe("the one spelling of an ID", () => {
  it.each([...Object.values(ids), ...others])("is Azure's own for %s, whatever the letter case", (id) => {
    expect(oneSpelling(id)).toBe(id);
    fc.assert(
      fc.property(respelled(id), (given) => {
        expect(oneSpelling(given)).toBe(id);
      }),
    );
  });

  it.each(Object.keys(ids) as (keyof typeof ids)[])("is of what the check of %s takes", (check) => {
    fc.assert(
      fc.property(respelled(ids[check]), (given) => {
        expect(identifiers[check](given)).toBeUndefined();
      }),
    );
  });
});
