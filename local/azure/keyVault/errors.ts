import type { Caller, TokenRefused } from "../entra/caller";
import type { AzureRequest, AzureResponse } from "../http/message";
import { ServiceError } from "../http/serviceError";
import { tenant } from "../landingZone/layout";
import { clientAddress } from "../network/clientAddress";
import type { VaultRecord } from "./vaultRecord";

/** The audience of a Key Vault token. */
export const vaultAudience = "https://vault.azure.net";

const challenge = `Bearer authorization="https://login.microsoftonline.com/${tenant.id}", resource="${vaultAudience}"`;

function keyVaultError(
  status: number,
  code: string,
  message: string,
  options: { readonly inner?: string; readonly headers?: Readonly<Record<string, string>> } = {},
): ServiceError {
  const inner = options.inner === undefined ? {} : { innererror: { code: options.inner } };
  return new ServiceError(options.inner ?? code, {
    status,
    body: { error: { code, message, ...inner } },
    headers: options.headers ?? {},
  });
}

/** 401 with the challenge that tells clients where to get a token, and for which resource. */
export function unauthorized(refused: TokenRefused): ServiceError {
  const issuer = `https://sts.windows.net/${tenant.id}/`;
  const messages: Record<TokenRefused["problem"], string> = {
    missing: "AKV10000: Request is missing a Bearer or PoP token.",
    audience: `AKV10022: Invalid audience. Expected ${vaultAudience}, found: ${refused.audience ?? "none"}.`,
    tenant: `AKV10032: Invalid issuer. Expected one of ${issuer}, found another tenant's.`,
    expired: "[TokenExpired] Error validating token: 'S2S12086'.",
    signature: "[SignatureInvalid] Error validating token: the signature is not one of the tenant's keys.",
    malformed: "[TokenInvalid] Error validating token: it is not a JSON Web Token.",
  };
  return keyVaultError(401, "Unauthorized", messages[refused.problem], { headers: { "www-authenticate": challenge } });
}

export function forbiddenByRbac(caller: Caller, action: string, resource: string, vault: VaultRecord): ServiceError {
  const lines = [
    "Caller is not authorized to perform action on resource.",
    "If role assignments, deny assignments or role definitions were changed recently, please observe propagation time.",
    `Caller: ${described(caller)}`,
    `Action: '${action}'`,
    `Resource: '${resourceOf(resource)}'`,
    "Assignment: (not found)",
    "DenyAssignmentId: null",
    "DecisionReason: null",
    `Vault: ${vault.name};location=${vault.location}`,
    "",
  ];
  return keyVaultError(403, "Forbidden", lines.join("\r\n"), { inner: "ForbiddenByRbac" });
}

export const forbiddenByPolicy = (caller: Caller, permission: string, vault: VaultRecord): ServiceError =>
  keyVaultError(
    403,
    "Forbidden",
    `The user, group or application '${described(caller)}' does not have ${permission} permission on key vault ` +
      `'${vault.name};location=${vault.location}'. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125287`,
    { inner: "AccessDenied" },
  );

export const forbiddenByFirewall = (caller: Caller, vault: VaultRecord): ServiceError =>
  keyVaultError(
    403,
    "Forbidden",
    "Client address is not authorized and caller is not a trusted service.\r\n" +
      `Client address: ${clientAddress}\r\nCaller: ${described(caller)}\r\nVault: ${vault.name};location=${vault.location}`,
    { inner: "ForbiddenByFirewall" },
  );

export const forbiddenByConnection = (caller: Caller, vault: VaultRecord): ServiceError =>
  keyVaultError(
    403,
    "Forbidden",
    "Public network access is disabled and request is not from a trusted service nor via an approved private link.\r\n" +
      `Caller: ${described(caller)}\r\nVault: ${vault.name};location=${vault.location}`,
    { inner: "ForbiddenByConnection" },
  );

export const secretNotFound = (id: string): ServiceError =>
  keyVaultError(
    404,
    "SecretNotFound",
    `A secret with (name/id) ${id} was not found in this key vault. If you recently deleted this secret you may be able ` +
      "to recover it using the correct recovery command. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125182",
  );

export const deletedSecretNotFound = (name: string): ServiceError =>
  keyVaultError(404, "SecretNotFound", `Deleted Secret not found: ${name}`);

export const secretDisabled = (): ServiceError =>
  keyVaultError(403, "Forbidden", "Operation get is not allowed on a disabled secret.", { inner: "SecretDisabled" });

export const secretIsDeleted = (name: string): ServiceError =>
  keyVaultError(409, "Conflict", secretIsDeletedMessage(name), { inner: "ObjectIsDeletedButRecoverable" });

export const secretIsDeletedMessage = (name: string): string =>
  `Secret ${name} is currently in a deleted but recoverable state, and its name cannot be reused; in this state, the ` +
  "secret can only be recovered or purged.";

/** What a certificate's secret may not be done to. */
export const secretManaged = (operation: string): ServiceError =>
  keyVaultError(
    403,
    "Forbidden",
    `Operation "${operation}" is not allowed as this object's lifetime is managed by Key Vault.`,
    { inner: "SecretManagedByKeyVault" },
  );

export const keyNotFound = (id: string): ServiceError =>
  keyVaultError(
    404,
    "KeyNotFound",
    `A key with (name/id) ${id} was not found in this key vault. If you recently deleted this key you may be able ` +
      "to recover it using the correct recovery command. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125182",
  );

export const deletedKeyNotFound = (name: string): ServiceError =>
  keyVaultError(404, "KeyNotFound", `Deleted Key not found: ${name}`);

export const keyIsDeleted = (name: string): ServiceError =>
  keyVaultError(
    409,
    "Conflict",
    `Key ${name} is currently in a deleted but recoverable state, and its name cannot be reused; in this state, the ` +
      "key can only be recovered or purged.",
    { inner: "ObjectIsDeletedButRecoverable" },
  );

export const keyExists = (name: string): ServiceError =>
  keyVaultError(409, "Conflict", `Key ${name} already exists in this vault; a backup restores into a free name only.`);

/** What a certificate's key may not be done to. */
export const keyManaged = (operation: string): ServiceError =>
  keyVaultError(
    403,
    "Forbidden",
    `Operation "${operation}" is not allowed as this object's lifetime is managed by Key Vault.`,
    { inner: "KeyManagedByKeyVault" },
  );

/** What a key may not be used for, or not now. */
export const keyForbidden = (inner: string, message: string): ServiceError =>
  keyVaultError(403, "Forbidden", message, { inner });

export const incompatibleAlgorithm = (kid: string, kty: string, alg: string, wanted: string): ServiceError =>
  badParameter(
    `Key and signing algorithm are incompatible. Key ${kid} is of type '${kty}', and algorithm '${alg}' can only be ` +
      `used with a key of type '${wanted}' or '${wanted}-HSM'.`,
  );

export const certificateNotFound = (id: string): ServiceError =>
  keyVaultError(
    404,
    "CertificateNotFound",
    `A certificate with (name/id) ${id} was not found in this key vault. If you recently deleted this certificate you may ` +
      "be able to recover it using the correct recovery command. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125182",
  );

export const deletedCertificateNotFound = (name: string): ServiceError =>
  keyVaultError(404, "CertificateNotFound", `Deleted Certificate not found: ${name}`);

export const issuerNotFound = (name: string): ServiceError =>
  keyVaultError(404, "CertificateIssuerNotFound", `Issuer not found: ${name}`);

export const contactsNotFound = (): ServiceError => keyVaultError(404, "ContactsNotFound", "Contacts not found");

export const certificateOperationNotFound = (name: string): ServiceError =>
  keyVaultError(404, "PendingCertificateNotFound", `Pending certificate not found: ${name}`);

export const certificateIsDeleted = (name: string): ServiceError =>
  keyVaultError(
    409,
    "Conflict",
    `Certificate ${name} is currently in a deleted but recoverable state, and its name cannot be reused; in this state, ` +
      "the certificate can only be recovered or purged.",
    { inner: "ObjectIsDeletedButRecoverable" },
  );

export const nameHeld = (name: string, by: "secret" | "key"): ServiceError =>
  keyVaultError(
    409,
    "Conflict",
    `A ${by} named ${name} is in this vault already; a certificate needs the name for its own.`,
  );

/** What Azure has, and this vault hasn't. */
export const notInLocalAzure = (what: string): ServiceError =>
  keyVaultError(
    501,
    "NotImplemented",
    `Local Azure's Key Vault does not support ${what}. Its README lists what it supports.`,
  );

export const purgeProtected = (): ServiceError =>
  keyVaultError(
    403,
    "Forbidden",
    'Operation "purge" is not allowed because purge protection is enabled for this vault. Key Vault service will ' +
      "automatically purge it after the retention period has passed.",
  );

export const secretExists = (name: string): ServiceError =>
  keyVaultError(
    409,
    "Conflict",
    `Secret ${name} already exists in this vault; a backup restores into a free name only.`,
  );

export const badParameter = (message: string): ServiceError => keyVaultError(400, "BadParameter", message);

export const unsupported = (request: AzureRequest): AzureResponse => ({
  status: 501,
  body: {
    error: {
      code: "NotImplemented",
      message: `Local Azure's Key Vault has no ${request.method} ${request.path}. Its README lists the supported operations.`,
    },
  },
});

/** A vault that is not there has no name in Azure's DNS; over a proxy, this is the nearest to it. */
export const unknownHost = (host: string): AzureResponse => ({
  status: 404,
  headers: { "content-type": "text/plain; charset=utf-8" },
  body: `There is no vault at ${host}: in Azure this name would not resolve.\n`,
});

const described = (caller: Caller): string =>
  `appid=${caller.clientId};oid=${caller.objectId};iss=https://sts.windows.net/${caller.tenantId}/`;

/** Key Vault writes the fixed parts of resource IDs in lower case. */
const resourceOf = (id: string): string =>
  id.replace("/resourceGroups/", "/resourcegroups/").replace("/Microsoft.KeyVault/", "/microsoft.keyvault/");
