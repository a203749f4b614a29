import { ServiceError } from "../http/serviceError";
import { secretIsDeletedMessage } from "./errors";

function managementError(
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): ServiceError {
  return new ServiceError(code, { status, body: { error: { code, message } }, headers });
}

export const vaultNameNotValid = (name: string): ServiceError =>
  managementError(400, "VaultNameNotValid", vaultNameNotValidMessage(name));

export const vaultNameNotValidMessage = (name: string): string =>
  `The vault name '${name}' is invalid. A vault's name must be between 3-24 alphanumeric characters. The name must begin ` +
  "with a letter, end with a letter or digit, and not contain consecutive hyphens. Follow this link for more " +
  "information: https://go.microsoft.com/fwlink/?linkid=2147742";

export const vaultAlreadyExists = (name: string): ServiceError =>
  managementError(409, "VaultAlreadyExists", vaultAlreadyExistsMessage(name));

export const vaultAlreadyExistsMessage = (name: string): string =>
  `The vault name '${name}' is already in use. Vault names are globaly unique so it is possible that the name is already ` +
  "taken. If you are sure that the vault name was not taken then it is possible that a vault with the same name was " +
  "recently deleted but not purged after being placed in a recoverable state. If the vault is in a recoverable state " +
  "then the vault will need to be purged before reusing the name. For more information on soft delete and purging a " +
  "vault follow this link https://go.microsoft.com/fwlink/?linkid=2147740.";

export const vaultIsSoftDeleted = (): ServiceError =>
  managementError(
    409,
    "ConflictError",
    "A vault with the same name already exists in deleted state. You need to either recover or purge existing key vault. " +
      "Follow this link https://go.microsoft.com/fwlink/?linkid=2149745 for more information on soft delete.",
  );

export const softDeletedVaultDoesNotExist = (name: string): ServiceError =>
  managementError(
    404,
    "SoftDeletedVaultDoesNotExist",
    `A soft deleted vault with the name '${name}' does not exist in this resource group and location. Create the vault ` +
      'without createMode "recover".',
  );

export const vaultInAnotherLocation = (name: string, present: string, asked: string): ServiceError =>
  managementError(
    409,
    "InvalidResourceLocation",
    `The resource '${name}' already exists in location '${present}'. A resource with the same name cannot be created in ` +
      `location '${asked}'. Please select a new resource name.`,
  );

export const vaultNotFound = (name: string, resourceGroup: string): ServiceError =>
  managementError(
    404,
    "ResourceNotFound",
    `The Resource 'Microsoft.KeyVault/vaults/${name}' under resource group '${resourceGroup}' was not found. For more ` +
      "details please go to https://aka.ms/ARMResourceNotFoundFix",
    { "x-ms-failure-cause": "gateway" },
  );

export const parentVaultNotFound = (name: string): ServiceError =>
  managementError(
    404,
    "ParentResourceNotFound",
    `Can not perform requested operation on nested resource. Parent resource '${name}' not found.`,
  );

export const deletedVaultNotFound = (name: string): ServiceError =>
  managementError(404, "DeletedVaultNotFound", `The deleted vault '${name}' does not exist in this location.`);

export const purgeNotAllowed = (): ServiceError =>
  managementError(405, "MethodNotAllowed", "Operation 'DeletedVaultPurge' is not allowed.");

export const managedSecretNotFound = (name: string): ServiceError =>
  managementError(404, "SecretNotFound", `A secret with (name/id) ${name} was not found in this key vault.`);

export const managedSecretIsDeleted = (name: string): ServiceError =>
  managementError(409, "ConflictError", secretIsDeletedMessage(name));

export const badRequest = (message: string): ServiceError => managementError(400, "BadRequest", message);
