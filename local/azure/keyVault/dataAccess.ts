import type { Cloud } from "../cloud";
import type { Caller } from "../entra/caller";
import { clientAddress } from "../network/clientAddress";
import { rangeHolds } from "../network/addressRange";
import { forbiddenByConnection, forbiddenByFirewall, forbiddenByPolicy, forbiddenByRbac } from "./errors";
import type { VaultRecord } from "./vaultRecord";

/** What a data call asks for: as an RBAC data action, and as a permission of an access policy. */
export interface SecretAction {
  readonly dataAction: string;
  readonly permission: string;
}

const action = (name: string, permission: string): SecretAction => ({
  dataAction: `Microsoft.KeyVault/vaults/secrets/${name}`,
  permission,
});

export const secretActions = {
  get: action("getSecret/action", "get"),
  list: action("readMetadata/action", "list"),
  set: action("setSecret/action", "set"),
  update: action("update/action", "set"),
  delete: action("delete", "delete"),
  recover: action("recover/action", "recover"),
  purge: action("purge/action", "purge"),
  backup: action("backup/action", "backup"),
  restore: action("restore/action", "restore"),
} as const satisfies Record<string, SecretAction>;

/** Turns away who may not: by RBAC at the secret's own scope, or by the vault's access policies. @throws ServiceError */
export function authorize(
  cloud: Cloud,
  caller: Caller,
  vault: VaultRecord,
  { dataAction, permission }: SecretAction,
  secretName?: string,
): void {
  if (vault.properties.enableRbacAuthorization) {
    const scope = secretName === undefined ? vault.id : `${vault.id}/secrets/${secretName}`;
    if (!cloud.access.allowsData(caller.objectId, dataAction, scope)) {
      throw forbiddenByRbac(caller, dataAction, scope, vault);
    }
    return;
  }
  const granted = vault.properties.accessPolicies
    .filter(({ objectId }) => objectId.toLowerCase() === caller.objectId.toLowerCase())
    .flatMap(({ permissions }) => permissions.secrets ?? [])
    .map((name) => name.toLowerCase());
  if (!granted.includes(permission) && !granted.includes("all")) {
    throw forbiddenByPolicy(caller, permission, vault);
  }
}

/** Turns away whom the vault's firewall does. @throws ServiceError */
export function passFirewall(caller: Caller, vault: VaultRecord): void {
  const { publicNetworkAccess, networkAcls } = vault.properties;
  if (publicNetworkAccess === "Disabled") {
    throw forbiddenByConnection(caller, vault);
  }
  if (
    networkAcls?.defaultAction === "Deny" &&
    !networkAcls.ipRules.some(({ value }) => rangeHolds(value, clientAddress))
  ) {
    throw forbiddenByFirewall(caller, vault);
  }
}
