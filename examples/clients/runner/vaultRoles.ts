import { resourceGroupId, resourceGroups } from "../../../local/azure/landingZone/layout";
import type { LocalAzure } from "../../../local/azure/localAzure";
import type { Client, VaultRole } from "./catalogue";

/** Roles on the vault that a stack does not give, by their built-in IDs. */
const roleIds = {
  "Key Vault Crypto Officer": "14b46e9e-c2b7-41b4-b07b-48a6ebf60603",
  "Key Vault Certificates Officer": "a4417e6f-fecd-4de8-b567-7b0420556985",
  "Key Vault Secrets User": "4633458b-17de-408a-b874-0445c86b69e6",
} as const satisfies Record<VaultRole, string>;

/** Gives the daemons of clients the roles that their programs need beside what the stack gives, as a vault's owner does. */
export function giveVaultRoles({ cloud }: LocalAzure, clients: readonly Client[], vaultUri: string): void {
  const [vault = ""] = new URL(vaultUri).hostname.split(".");
  const scope = `${resourceGroupId(resourceGroups.daemons)}/providers/Microsoft.KeyVault/vaults/${vault}`;
  for (const { name, vaultRoles = [] } of clients) {
    const daemon = cloud.directory.servicePrincipals
      .list()
      .find(({ properties }) => properties["displayName"] === name);
    for (const role of vaultRoles) {
      if (daemon === undefined) throw new Error(`no service principal is named ${name}`);
      cloud.access.seed({ principalId: daemon.id, roleDefinitionId: roleIds[role], scope });
    }
  }
}
