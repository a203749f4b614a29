import { armError } from "../arm/errors";
import type { ServiceError } from "../http/serviceError";

const service = { "x-ms-failure-cause": "service" };

const storageError = (status: number, code: string, message: string): ServiceError =>
  armError(status, code, message, service);

export const accountNameInvalid = (name: string): ServiceError =>
  storageError(400, "AccountNameInvalid", accountNameInvalidMessage(name));

export const accountNameInvalidMessage = (name: string): string =>
  `${name} is not a valid storage account name. Storage account name must be between 3 and 24 characters in length and ` +
  "use numbers and lower-case letters only.";

export const accountAlreadyTakenMessage = (name: string): string =>
  `The storage account named ${name} is already taken.`;

export const accountInAnotherResourceGroup = (name: string): ServiceError =>
  storageError(
    409,
    "StorageAccountInAnotherResourceGroup",
    `The account ${name} already exists in another resource group in this subscription.`,
  );

export const accountBusy = (): ServiceError =>
  storageError(
    409,
    "StorageAccountOperationInProgress",
    "An operation is currently performing on this storage account that requires exclusive access.",
  );

export const propertyCannotBeUpdated = (property: string): ServiceError =>
  storageError(
    409,
    "AccountPropertyCannotBeUpdated",
    `The property '${property}' was specified in the input, but it cannot be updated.`,
  );

export const invalidValue = (property: string, reason: string): ServiceError =>
  storageError(
    400,
    "InvalidValuesForRequestParameters",
    `Values for request parameters are invalid: ${property}. ${reason}`,
  );

export const containerNotFound = (): ServiceError =>
  storageError(404, "ContainerNotFound", "The specified container does not exist.");

export const containerBeingDeleted = (): ServiceError =>
  storageError(409, "ContainerBeingDeleted", "The specified container is being deleted. Try operation later.");

export const containerNameInvalid = (name: string): ServiceError =>
  storageError(
    400,
    "InvalidResourceName",
    `The container name '${name}' is not valid. It must have 3 to 63 lower-case letters, digits and single hyphens, and ` +
      "begin and end with a letter or digit.",
  );

export const publicAccessNotPermitted = (): ServiceError =>
  storageError(409, "PublicAccessNotPermitted", "Public access is not permitted on this storage account.");

export const notWithHierarchicalNamespace = (feature: string): ServiceError =>
  storageError(
    409,
    "FeatureNotSupportedForAccount",
    `${feature} is not supported for the account: it has a hierarchical namespace.`,
  );

export const managementPolicyNotFound = (account: string): ServiceError =>
  storageError(404, "ManagementPolicyNotFound", `No ManagementPolicy found for account ${account}`);
