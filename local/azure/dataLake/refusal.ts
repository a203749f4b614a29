import type { AzureRequest, AzureResponse } from "../http/message";
import { ServiceError } from "../http/serviceError";
import { tenant } from "../landingZone/layout";
import { escapeXml, xmlDeclaration } from "./xml";

/** The audience of a storage token. */
export const storageAudience = "https://storage.azure.com";

/** The two faces of an account: JSON and DFS names for errors on one, XML and blob names on the other. */
export type Endpoint = "dfs" | "blob";

/** A refusal of the lake, before it is known which face of the account tells it. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: Readonly<Record<Endpoint, string>>,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = "Refusal";
  }
}

const refusal = (status: number, dfs: string, message: string, blob = dfs): Refusal =>
  new Refusal(status, { dfs, blob }, message);

const challenge = {
  "www-authenticate":
    `Bearer authorization_uri=https://login.microsoftonline.com/${tenant.id}/oauth2/authorize ` +
    `resource_id=${storageAudience}`,
};
const unauthenticated = (code: string, message: string): Refusal =>
  new Refusal(401, { dfs: code, blob: code }, message, challenge);

export const noAuthentication = (): Refusal =>
  unauthenticated(
    "NoAuthenticationInformation",
    "Server failed to authenticate the request. Please refer to the information in the www-authenticate header.",
  );

export const invalidAuthentication = (): Refusal =>
  unauthenticated(
    "InvalidAuthenticationInfo",
    "Server failed to authenticate the request. Please refer to the information in the www-authenticate header.",
  );

export const keysNotPermitted = (): Refusal =>
  refusal(
    403,
    "KeyBasedAuthenticationNotPermitted",
    "Key based authentication is not permitted on this storage account.",
  );

export const signatureRefused = (): Refusal =>
  refusal(
    403,
    "AuthenticationFailed",
    "Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature.",
  );

export const keysNotSupported = (): Refusal =>
  refusal(
    501,
    "NotImplemented",
    "Local Azure does not support account keys. Use a token or the container's shared access signature.",
  );

export const notSupported = (request: AzureRequest): Refusal =>
  refusal(
    501,
    "NotImplemented",
    `Local Azure's storage has no ${request.method} ${request.path} with ${[...request.query.keys()].join(", ") || "no query"}. ` +
      "Its README lists the supported operations.",
  );

export const notUnderstood = (what: string): Refusal =>
  refusal(501, "NotImplemented", `Local Azure's storage does not support ${what} on this operation.`);

export const firewall = (): Refusal =>
  refusal(403, "AuthorizationFailure", "This request is not authorized to perform this operation.");

export const permissionMismatch = (): Refusal =>
  refusal(
    403,
    "AuthorizationPermissionMismatch",
    "This request is not authorized to perform this operation using this permission.",
  );

export const fileSystemNotFound = (): Refusal =>
  refusal(404, "FilesystemNotFound", "The specified filesystem does not exist.", "ContainerNotFound");

export const fileSystemExists = (): Refusal =>
  refusal(409, "FilesystemAlreadyExists", "The specified filesystem already exists.", "ContainerAlreadyExists");

export const fileSystemBeingDeleted = (): Refusal =>
  refusal(
    409,
    "FilesystemBeingDeleted",
    "The specified filesystem is being deleted. Try operation later.",
    "ContainerBeingDeleted",
  );

export const invalidFileSystemName = (): Refusal =>
  refusal(400, "InvalidResourceName", "The specified resource name contains invalid characters.");

export const pathNotFound = (): Refusal =>
  refusal(404, "PathNotFound", "The specified path does not exist.", "BlobNotFound");

export const pathExists = (): Refusal =>
  refusal(409, "PathAlreadyExists", "The specified path already exists.", "BlobAlreadyExists");

export const pathConflict = (): Refusal =>
  refusal(
    409,
    "PathConflict",
    "The specified path, or an element of the path, exists and its resource type is invalid for this operation.",
    "ResourceTypeMismatch",
  );

export const sourcePathNotFound = (): Refusal =>
  refusal(404, "SourcePathNotFound", "The source path for a rename operation does not exist.");

export const destinationParentNotFound = (): Refusal =>
  refusal(404, "RenameDestinationParentPathNotFound", "The parent directory of the destination path does not exist.");

export const invalidRenameSource = (): Refusal =>
  refusal(
    409,
    "InvalidRenameSourcePath",
    "The source directory cannot be the same as the destination directory, nor can the destination be a subdirectory of the source directory.",
  );

export const invalidRenameTypes = (): Refusal =>
  refusal(409, "InvalidSourceOrDestinationResourceType", "The source and destination resource type must be identical.");

export const directoryNotEmpty = (): Refusal =>
  refusal(
    409,
    "DirectoryNotEmpty",
    "The recursive query parameter value must be true to delete a non-empty directory.",
    "DirectoryIsNotEmpty",
  );

export const invalidFlushPosition = (): Refusal =>
  refusal(
    400,
    "InvalidFlushPosition",
    "The uploaded data is not contiguous or the position query parameter value is not equal to the length of the file after appending the uploaded data.",
  );

export const conditionNotMet = (): Refusal =>
  refusal(412, "ConditionNotMet", "The condition specified using HTTP conditional header(s) is not met.");

export const sourceConditionNotMet = (): Refusal =>
  refusal(412, "SourceConditionNotMet", "The source condition specified using HTTP conditional header(s) is not met.");

export const md5Mismatch = (): Refusal =>
  refusal(
    400,
    "Md5Mismatch",
    "The MD5 value specified in the request did not match with the MD5 value calculated by the server.",
  );

export const crc64Mismatch = (): Refusal =>
  refusal(
    400,
    "Crc64Mismatch",
    "The CRC64 value specified in the request did not match with the CRC64 value calculated by the server.",
  );

export const invalidRange = (length: number): Refusal =>
  new Refusal(
    416,
    { dfs: "InvalidRange", blob: "InvalidRange" },
    "The range specified is invalid for the current size of the resource.",
    { "content-range": `bytes */${length}` },
  );

export const invalidHeader = (name: string, value: string): Refusal =>
  refusal(
    400,
    "InvalidHeaderValue",
    `The value for one of the HTTP headers is not in the correct format: ${name}: ${value}`,
  );

export const invalidMetadata = (): Refusal =>
  refusal(400, "InvalidMetadata", "The metadata specified is invalid. It has characters that are not permitted.");

export const emptyMetadataKey = (): Refusal =>
  refusal(400, "EmptyMetadataKey", "The key for one of the metadata key-value pairs is empty.");

export const invalidQuery = (name: string, value: string | undefined): Refusal =>
  refusal(
    400,
    "InvalidQueryParameterValue",
    `Value for one of the query parameters specified in the request URI is invalid: ${name}=${value ?? ""}`,
  );

export const outOfRange = (name: string, value: string): Refusal =>
  refusal(
    400,
    "OutOfRangeQueryParameterValue",
    `One of the query parameters specified in the request URI is outside the permissible range: ${name}=${value}`,
  );

export const noHierarchicalNamespace = (): Refusal =>
  refusal(
    400,
    "HierarchicalNamespaceNotEnabled",
    "This operation is only supported on a hierarchical namespace account.",
  );

/** The refusal as an account's face tells it. A reply to HEAD has no body. */
export function refused(
  { status, code, message, headers }: Refusal,
  request: AzureRequest,
  endpoint: Endpoint,
  now: Date,
): ServiceError {
  const name = code[endpoint];
  const text = `${message}\nRequestId:${request.id}\nTime:${now.toISOString()}`;
  const body =
    endpoint === "dfs"
      ? { error: { code: name, message: text } }
      : `${xmlDeclaration}<Error><Code>${name}</Code><Message>${escapeXml(text)}</Message></Error>`;
  const response: AzureResponse = {
    status,
    headers: {
      ...headers,
      "x-ms-error-code": name,
      ...(endpoint === "blob" && request.method !== "HEAD" ? { "content-type": "application/xml" } : {}),
    },
    ...(request.method === "HEAD" ? {} : { body }),
  };
  return new ServiceError(name, response);
}
