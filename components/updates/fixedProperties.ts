import type { Refusal } from "../checks/refusal";
import { lakeSkus } from "../data/lakeSkus";

/**
 * What becomes of a change:
 * - `replace`: the provider would try an update, which Azure refuses, so the engine is told to make the resource anew
 * - `refuse`: making it anew would lose what is in it, so the run stops at its preview
 * - `keep`: the provider would make it anew, and lose what is in it; the engine is kept from seeing the change, and the
 *   component refuses it
 */
export type Consequence = "replace" | "refuse" | "keep";

/** A property that Azure never changes, and that the provider does not treat so. */
export interface FixedProperty {
  /** Among the inputs, as the engine writes paths. */
  readonly path: string;
  readonly change: Consequence;
  /** The argument of the component that sets it, where that is refused. */
  readonly input?: string;
  /** Why a value can't follow another; nothing where it can. Where it is left out, no other can. */
  readonly judge?: (present: string, asked: string) => Refusal | undefined;
  /** What it is where nothing sets it. Where it is left out, nothing is compared with what is not set. */
  readonly unset?: string;
  /** Who says so. */
  readonly source: string;
}

const AUTHORIZATION =
  "Azure: 400 RoleAssignmentUpdateNotPermitted; azure-native 3.28 makes anew for principalId and scope alone";
const COMPUTE =
  "Azure: only scaleSettings of an AmlCompute change; azurerm_machine_learning_compute_cluster forces new";
const ENDPOINT = "Azure: 400 PropertyCannotBeChanged; azure-native 3.28 makes anew for subnet alone";
const RETENTION = 'Azure: 400 "softDeleteRetentionInDays" has been set already and it can\'t be modified';
const ENCRYPTION =
  "Azure: encryption.requireInfrastructureEncryption is set as an account is made; azurerm_storage_account forces new";
const ZONES = "Azure: copies go across zones by startAccountMigration (REST API 2024-01-01), not by an update";
const DATA = "azure-native 3.28 makes anew for what is part of the ID, location and isHnsEnabled";

const kept = (...paths: readonly (readonly [path: string, input: string])[]): FixedProperty[] =>
  paths.map(([path, input]) => ({ path, input, change: "keep", source: DATA }));

/** By type of resource. Types without an entry change in place, or are made anew by their provider as Azure needs it. */
export const fixedProperties: Readonly<Record<string, readonly FixedProperty[]>> = {
  "azure-native:authorization:RoleAssignment": [{ path: "roleDefinitionId", change: "replace", source: AUTHORIZATION }],
  "azure-native:machinelearningservices:Compute": [
    { path: "location", change: "replace", source: COMPUTE },
    ...["vmSize", "vmPriority", "subnet", "enableNodePublicIp"].map((name): FixedProperty => ({
      path: `properties.properties.${name}`,
      change: "replace",
      source: COMPUTE,
    })),
  ],
  "azure-native:network:PrivateEndpoint": [
    { path: "privateLinkServiceConnections", change: "replace", source: ENDPOINT },
  ],
  "azure-native:keyvault:Vault": [
    { path: "properties.softDeleteRetentionInDays", change: "refuse", input: "retentionDays", source: RETENTION },
    ...kept(["location", "location"], ["resourceGroupName", "resourceGroupName"], ["vaultName", "vaultName"]),
  ],
  "azure-native:datalakestore:Account": kept(
    ["location", "location"],
    ["resourceGroupName", "resourceGroupName"],
    ["accountName", "accountName"],
  ),
  "azure-native:storage:StorageAccount": [
    { path: "sku.name", change: "refuse", input: "sku", judge: acrossZones, source: ZONES },
    {
      path: "encryption.requireInfrastructureEncryption",
      change: "refuse",
      input: "infrastructureEncryption",
      unset: "false",
      source: ENCRYPTION,
    },
    ...kept(
      ["location", "location"],
      ["resourceGroupName", "resourceGroupName"],
      ["accountName", "accountName"],
      ["isHnsEnabled", "accountName"],
    ),
  ],
};

/** Paths of a type's properties with one consequence. */
export const fixedPaths = (type: string, change: Consequence): string[] =>
  (fixedProperties[type] ?? []).filter((each) => each.change === change).map(({ path }) => path);

function acrossZones(present: string, asked: string): Refusal | undefined {
  const zoned = (sku: string): boolean => /ZRS$/.test(sku);
  if (zoned(present) === zoned(asked)) return undefined;
  const choices = lakeSkus.filter((sku) => zoned(sku) === zoned(present)).join(", ");
  return {
    needed: `one of ${choices}, because Azure moves the copies of an account that exists across zones by a conversion alone`,
    fix: `Write ${present}; or convert the account (az storage account migration start --name default --sku ${asked}), and after that run pulumi refresh before the next update.`,
  };
}
