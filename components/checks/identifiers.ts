import { type Check, write } from "./refusal";

const GUID = "[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}";
const GUID_PATTERN = new RegExp(`^${GUID}$`);
const EXAMPLE_GUID = "2f5c1d3e-8a47-4b0c-9d61-7e3f9a5b2c84";

export const isGuid = (value: string): boolean => GUID_PATTERN.test(value);

const guid =
  (needed: string): Check =>
  (value) =>
    isGuid(value) ? undefined : { needed, fix: write(EXAMPLE_GUID) };

export const objectId = guid("an object ID, which is a GUID");
export const clientId = guid("an application (client) ID, which is a GUID");
export const tenantId = guid("a tenant ID, which is a GUID");

const GROUP_PREFIX = `/subscriptions/${GUID}/resourceGroups/[^/]+/providers`;
const EXAMPLE_GROUP = `/subscriptions/${EXAMPLE_GUID}/resourceGroups/rg-example/providers`;

const resourceId = (type: string, needed: string, name: string): Check => {
  const pattern = new RegExp(`^${GROUP_PREFIX}/${type.replace(".", "\\.")}/[^/]+$`, "i");
  return (value) => (pattern.test(value) ? undefined : { needed, fix: write(`${EXAMPLE_GROUP}/${type}/${name}`) });
};

export const workspaceId = resourceId(
  "Microsoft.MachineLearningServices/workspaces",
  "the resource ID of an Azure Machine Learning workspace",
  "mlw-forecast",
);

export const storageAccountId = resourceId(
  "Microsoft.Storage/storageAccounts",
  "the resource ID of a storage account",
  "stforecast",
);

export const userAssignedIdentityId = resourceId(
  "Microsoft.ManagedIdentity/userAssignedIdentities",
  "the resource ID of a user-assigned managed identity",
  "id-trainer",
);

export const containerRegistryId = resourceId(
  "Microsoft.ContainerRegistry/registries",
  "the resource ID of a container registry",
  "crforecast",
);

export const vaultId = resourceId("Microsoft.KeyVault/vaults", "the resource ID of a key vault", "kv-daemons");

export const lakeStoreId = resourceId(
  "Microsoft.DataLakeStore/accounts",
  "the resource ID of a Data Lake Storage Gen1 account",
  "forecastlake",
);

export const subnetId: Check = (value) =>
  new RegExp(`^${GROUP_PREFIX}/Microsoft\\.Network/virtualNetworks/[^/]+/subnets/[^/]+$`, "i").test(value)
    ? undefined
    : {
        needed: "the resource ID of a subnet",
        fix: write(`${EXAMPLE_GROUP}/Microsoft.Network/virtualNetworks/vnet-daemons/subnets/snet-agents`),
      };

export const logWorkspaceId = resourceId(
  "Microsoft.OperationalInsights/workspaces",
  "the resource ID of a Log Analytics workspace",
  "log-platform",
);

/** A private DNS zone of one service, in whichever cloud: its name begins as Azure has it begin. */
export const privateDnsZoneId = (zone: string): Check => {
  const [prefix = ""] = /^privatelink\.[a-z]+\./.exec(zone) ?? [];
  const pattern = new RegExp(
    `^${GROUP_PREFIX}/Microsoft\\.Network/privateDnsZones/${prefix.replaceAll(".", "\\.")}[^/]+$`,
    "i",
  );
  return (value) =>
    pattern.test(value)
      ? undefined
      : {
          needed: `the resource ID of a private DNS zone such as ${zone}`,
          fix: write(`${EXAMPLE_GROUP}/Microsoft.Network/privateDnsZones/${zone}`),
        };
};

/** Where a checked resource ID leads. */
export interface ResourcePlace {
  readonly subscriptionId: string;
  readonly resourceGroupName: string;
  /** Name of the resource itself. */
  readonly name: string;
}

/** Takes a checked resource ID apart. @throws RangeError for one that was not checked */
export function placeOf(id: string): ResourcePlace {
  const parts = new RegExp(`^/subscriptions/(${GUID})/resourceGroups/([^/]+)/.*/([^/]+)$`, "i").exec(id);
  const [, subscriptionId, resourceGroupName, name] = parts ?? [];
  if (subscriptionId === undefined || resourceGroupName === undefined || name === undefined) {
    throw new RangeError(`Not a resource ID: ${id}`);
  }
  return { subscriptionId, resourceGroupName, name };
}

/** The subscription that a resource ID lies in. */
export function subscriptionOf(id: string): string | undefined {
  return new RegExp(`^/subscriptions/(${GUID})(?:/|$)`, "i").exec(id)?.[1];
}
