import type { AzureRequest, AzureResponse } from "../http/message";
import { ServiceError } from "../http/serviceError";
import { tenant } from "../landingZone/layout";

/** The audience of a token for the lake. */
export const dataLakeAudience = "https://datalake.azure.net/";

/** A refusal of the lake in Hadoop's terms, before it is known which request it answers. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly javaClassName: string,
    message: string,
    /** The service's own number, where one was recorded; it becomes the header `status`. */
    readonly serviceStatus?: string,
  ) {
    super(message);
    this.name = "Refusal";
  }

  get exception(): string {
    return this.javaClassName.slice(this.javaClassName.lastIndexOf(".") + 1);
  }
}

const aclStatus = "0x83090aa2";

export const notAuthorized = (operation: string): Refusal =>
  new Refusal(
    403,
    "org.apache.hadoop.security.AccessControlException",
    `${operation} failed with error ${aclStatus} (Forbidden. ACL verification failed. Either the resource does not exist or ` +
      "the user is not authorized to perform the requested operation.).",
    aclStatus,
  );

/** The wording is ours: no recorded answer is known. */
export const blockedByFirewall = (operation: string, address: string): Refusal =>
  new Refusal(
    403,
    "org.apache.hadoop.security.AccessControlException",
    `${operation} failed (Forbidden. The firewall of the account does not let in the client's address ${address}.).`,
  );

export const notFound = (path: string): Refusal =>
  new Refusal(404, "java.io.FileNotFoundException", `File/Folder does not exist: /${path}`, "0x8309000A");

export const alreadyExists = (path: string): Refusal =>
  new Refusal(403, "org.apache.hadoop.fs.FileAlreadyExistsException", `File/Folder already exists: /${path}`);

export const notADirectory = (path: string): Refusal =>
  new Refusal(403, "org.apache.hadoop.fs.ParentNotDirectoryException", `Not a folder: /${path}`);

export const notAFile = (path: string): Refusal =>
  new Refusal(404, "java.io.FileNotFoundException", `Not a file: /${path}`);

export const notEmpty = (path: string): Refusal =>
  new Refusal(
    403,
    "org.apache.hadoop.fs.PathIsNotEmptyDirectoryException",
    `The folder is not empty, and recursive is not true: /${path}`,
  );

export const badOffset = (offset: number, length: number): Refusal =>
  new Refusal(
    400,
    "org.apache.hadoop.fs.adl.BadOffsetException",
    `The offset ${offset} is not the file's length ${length}`,
  );

export const illegalArgument = (name: string, value: string | undefined, needed: string): Refusal =>
  new Refusal(
    400,
    "java.lang.IllegalArgumentException",
    `Invalid value for webhdfs parameter "${name}": ${value ?? "none"} is not ${needed}`,
  );

export const invalidAcl = (reason: string): Refusal =>
  new Refusal(400, "org.apache.hadoop.hdfs.protocol.AclException", `Invalid ACL: ${reason}`);

export const notSupported = (request: AzureRequest, operation: string | undefined): Refusal =>
  new Refusal(
    501,
    "java.lang.UnsupportedOperationException",
    `Local Azure's Data Lake Store has no ${request.method} with the operation ${operation ?? "(none)"}. ` +
      "Its README lists the supported operations.",
  );

/** The refusal as the service sends it. */
export function refused({ status, exception, javaClassName, message, serviceStatus }: Refusal, id: string, now: Date) {
  const text = `${message} [${id}][${now.toISOString()}]`;
  return new ServiceError(exception, {
    status,
    headers: { ...(serviceStatus !== undefined && { status: serviceStatus }) },
    body: { RemoteException: { exception, message: text, javaClassName } },
  });
}

/** A request without a token that counts. */
export function unauthenticated(problem: "missing" | "expired" | "invalid"): ServiceError {
  const messages = {
    missing: "The 'Authorization' header is not present or provided in an invalid format.",
    expired: "The access token in the 'Authorization' header is expired.",
    invalid: "Failed to validate the access token in the 'Authorization' header.",
  };
  const response: AzureResponse = {
    status: 401,
    headers: { "www-authenticate": `Bearer authorization_uri="https://login.windows.net/${tenant.id}/"` },
    body: { error: { code: "AuthenticationFailed", message: messages[problem] } },
  };
  return new ServiceError("AuthenticationFailed", response);
}
