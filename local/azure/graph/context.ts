import { jsonBody, type AzureRequest } from "../http/message";
import type { Cloud } from "../cloud";
import type { Caller } from "../entra/caller";
import type { Directory } from "../entra/directory";
import type { JsonObject } from "../entra/records";
import { unreadableBody } from "./errors";

/** What a Graph operation knows besides its request. */
export interface GraphContext {
  readonly caller: Caller;
  readonly cloud: Cloud;
  readonly directory: Directory;
  readonly version: "v1.0" | "beta";
  /** For example `https://graph.microsoft.com/v1.0`. */
  readonly root: string;
}

/** The body as a JSON object. @throws ServiceError 400 */
export function objectBody(request: AzureRequest): JsonObject {
  let body: unknown;
  try {
    body = jsonBody(request);
  } catch {
    throw unreadableBody();
  }
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw unreadableBody();
  }
  return body as JsonObject;
}
