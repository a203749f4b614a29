import type { Cloud } from "../cloud";
import type { Caller } from "../entra/caller";
import { clientAddress } from "../network/clientAddress";
import { rangeHolds } from "../network/addressRange";
import { forbiddenByConnection, forbiddenByFirewall, forbiddenByPolicy, forbiddenByRbac } from "./errors";
import type { VaultRecord } from "./vaultRecord";

/** What a vault keeps, by the names that its addresses have. */
export type VaultCollection = "secrets" | "certificates" | "keys";

/** What a data call asks for: as an RBAC data action, and as a permission of an access policy. */
export interface VaultAction {
  readonly collection: VaultCollection;
  readonly dataAction: string;
  readonly permission: string;
}

const actionOn =
  (collection: VaultCollection) =>
  (name: string, permission: string): VaultAction => ({
    collection,
    dataAction: `Microsoft.KeyVault/vaults/${collection}/${name}`,
    permission,
  });
const action = actionOn("secrets");
const certificateAction = actionOn("certificates");
const keyAction = actionOn("keys");

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
} as const satisfies Record<string, VaultAction>;

export const certificateActions = {
  read: certificateAction("read", "get"),
  list: certificateAction("read", "list"),
  create: certificateAction("create/action", "create"),
  import: certificateAction("import/action", "import"),
  update: certificateAction("update/action", "update"),
  delete: certificateAction("delete", "delete"),
  recover: certificateAction("recover/action", "recover"),
  purge: certificateAction("purge/action", "purge"),
} as const satisfies Record<string, VaultAction>;

export const keyActions = {
  get: keyAction("read", "get"),
  list: keyAction("read", "list"),
  create: keyAction("create/action", "create"),
  import: keyAction("import/action", "import"),
  update: keyAction("update/action", "update"),
  delete: keyAction("delete", "delete"),
  recover: keyAction("recover/action", "recover"),
  purge: keyAction("purge/action", "purge"),
  backup: keyAction("backup/action", "backup"),
  restore: keyAction("restore/action", "restore"),
  rotate: keyAction("rotate/action", "rotate"),
  encrypt: keyAction("encrypt/action", "encrypt"),
  decrypt: keyAction("decrypt/action", "decrypt"),
  wrapKey: keyAction("wrap/action", "wrapkey"),
  unwrapKey: keyAction("unwrap/action", "unwrapkey"),
  sign: keyAction("sign/action", "sign"),
  verify: keyAction("verify/action", "verify"),
  getRotationPolicy: {
    collection: "keys",
    dataAction: "Microsoft.KeyVault/vaults/keyrotationpolicies/read",
    permission: "getrotationpolicy",
  },
  setRotationPolicy: {
    collection: "keys",
    dataAction: "Microsoft.KeyVault/vaults/keyrotationpolicies/write",
    permission: "setrotationpolicy",
  },
} as const satisfies Record<string, VaultAction>;

/** What concerns authorities and contacts, for the vault as a whole. */
export const authorityActions = {
  get: {
    collection: "certificates",
    dataAction: "Microsoft.KeyVault/vaults/certificatecas/read",
    permission: "getissuers",
  },
  list: {
    collection: "certificates",
    dataAction: "Microsoft.KeyVault/vaults/certificatecas/read",
    permission: "listissuers",
  },
  set: {
    collection: "certificates",
    dataAction: "Microsoft.KeyVault/vaults/certificatecas/write",
    permission: "setissuers",
  },
  delete: {
    collection: "certificates",
    dataAction: "Microsoft.KeyVault/vaults/certificatecas/delete",
    permission: "deleteissuers",
  },
  contacts: {
    collection: "certificates",
    dataAction: "Microsoft.KeyVault/vaults/certificatecontacts/write",
    permission: "managecontacts",
  },
} as const satisfies Record<string, VaultAction>;

/** Turns away who may not: by RBAC at the object's own scope, or by the vault's access policies. @throws ServiceError */
export function authorize(
  cloud: Cloud,
  caller: Caller,
  vault: VaultRecord,
  { collection, dataAction, permission }: VaultAction,
  name?: string,
): void {
  if (vault.properties.enableRbacAuthorization) {
    const scope = name === undefined ? vault.id : `${vault.id}/${collection}/${name}`;
    if (!cloud.access.allowsData(caller.objectId, dataAction, scope)) {
      throw forbiddenByRbac(caller, dataAction, scope, vault);
    }
    return;
  }
  const granted = vault.properties.accessPolicies
    .filter(({ objectId }) => objectId.toLowerCase() === caller.objectId.toLowerCase())
    .flatMap(({ permissions }) => permissions[collection] ?? [])
    .map((each) => each.toLowerCase());
  if (!granted.includes(permission) && !granted.includes("all")) {
    throw forbiddenByPolicy(caller, `${collection} ${permission}`, vault);
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
