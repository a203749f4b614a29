import { armError } from "../arm/errors";
import type { ServiceError } from "../http/serviceError";

const service = { "x-ms-failure-cause": "service" };

const lakeStoreError = (status: number, code: string, message: string): ServiceError =>
  armError(status, code, message, service);

/** What the retired service says to a new account. The wording is ours: no recorded answer is known. */
export const serviceRetired = (name: string): ServiceError =>
  lakeStoreError(
    400,
    "InvalidOperation",
    `The Data Lake Store account '${name}' cannot be created. Azure Data Lake Storage Gen1 was retired on February 29, 2024, ` +
      "and takes no new accounts. Use Azure Data Lake Storage Gen2.",
  );

export const invalidAccountNameMessage = (name: string): string =>
  `The account name '${name}' is invalid. It must be between 3 and 24 characters long and have lower-case letters and digits only.`;

export const invalidAccountName = (name: string): ServiceError =>
  lakeStoreError(400, "InvalidAccountName", invalidAccountNameMessage(name));

export const accountNameTakenMessage = (name: string): string => `An account named '${name}' already exists.`;

export const accountNameTaken = (name: string): ServiceError =>
  lakeStoreError(409, "AccountAlreadyExists", accountNameTakenMessage(name));

export const accountBusy = (name: string): ServiceError =>
  lakeStoreError(409, "AccountOperationInProgress", `Another operation on the account '${name}' is in progress.`);

export const encryptionCannotChange = (): ServiceError =>
  lakeStoreError(400, "InvalidOperation", "The encryption of an existing account cannot be changed.");

export const invalidFirewallRule = (name: string, start: string, end: string): ServiceError =>
  lakeStoreError(
    400,
    "InvalidFirewallRule",
    `The firewall rule '${name}' is invalid: '${start}' to '${end}' is not a range of IPv4 addresses.`,
  );
