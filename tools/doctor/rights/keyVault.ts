import { armGetter, armRow } from "./armRow";
import { action, dataAction, type Inputs, type Right } from "./right";
import { groupOf, objectsOf, textOf, type FunctionRow, type ResourceRow } from "./row";

const vaultUri = (id: string): string => `https://${id.slice(id.lastIndexOf("/") + 1)}.vault.azure.net/`;

/** Letting a subnet in takes a right on that subnet. */
export const joins = (rules: unknown, idIn: string): readonly Right[] =>
  objectsOf(rules).map((rule) =>
    action("Microsoft.Network/virtualNetworks/subnets/joinViaServiceEndpoint/action", textOf(rule, idIn)),
  );

const vault = armRow({
  type: "azure-native:keyvault:Vault",
  path: "{group}/providers/Microsoft.KeyVault/vaults/{vaultName}",
  state: (id, inputs) => ({ properties: { ...groupOf(inputs, "properties"), vaultUri: vaultUri(id) } }),
  linked: ({ inputs }) => joins(groupOf(groupOf(inputs, "properties"), "networkAcls")["virtualNetworkRules"], "id"),
});

const managedSecret = armRow({
  type: "azure-native:keyvault:Secret",
  path: "{group}/providers/Microsoft.KeyVault/vaults/{vaultName}/secrets/{secretName}",
  state: (id) => ({ properties: { secretUri: `${vaultUri(id.split("/secrets/")[0] ?? "")}secrets/${nameOf(id)}` } }),
  // Azure Resource Manager deletes no secret: the vault itself does.
  deletion: (id) => [dataAction("Microsoft.KeyVault/vaults/secrets/delete", id)],
});

const secret: ResourceRow = {
  ...managedSecret,
  // Its versions are found in the vault's list.
  expire: ({ id }) => [
    dataAction("Microsoft.KeyVault/vaults/secrets/readMetadata/action", id.split("/secrets/")[0] ?? id),
    dataAction("Microsoft.KeyVault/vaults/secrets/update/action", id),
  ],
};

const nameOf = (id: string): string => id.slice(id.lastIndexOf("/") + 1);

export const keyVaultResources: readonly ResourceRow[] = [vault, secret];

export const keyVaultFunctions: readonly FunctionRow[] = [
  armGetter("azure-native:keyvault:getVault", vault, (id): Inputs => ({
    properties: { vaultUri: vaultUri(id), enableRbacAuthorization: true },
  })),
  armGetter("azure-native:keyvault:getSecret", secret),
];
