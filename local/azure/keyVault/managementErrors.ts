import { armError } from "../arm/errors";
import type { ServiceError } from "../http/serviceError";
import { secretIsDeletedMessage } from "./errors";

const service = { "x-ms-failure-cause": "service" };

const managementError = (status: number, code: string, message: string): ServiceError =>
  armError(status, code, message, service);

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

export const deletedVaultNotFound = (name: string): ServiceError =>
  managementError(404, "DeletedVaultNotFound", `The deleted vault '${name}' does not exist in this location.`);

export const purgeNotAllowed = (): ServiceError =>
  managementError(405, "MethodNotAllowed", "Operation 'DeletedVaultPurge' is not allowed.");

export const managedSecretNotFound = (name: string): ServiceError =>
  managementError(404, "SecretNotFound", `A secret with (name/id) ${name} was not found in this key vault.`);

export const managedSecretIsDeleted = (name: string): ServiceError =>
  managementError(409, "ConflictError", secretIsDeletedMessage(name));

export const badRequest = (message: string): ServiceError => managementError(400, "BadRequest", message);
