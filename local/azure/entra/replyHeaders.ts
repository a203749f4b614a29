import type { AzureRequest } from "../http/message";
import { correlationIdOf } from "./errors";

/** The headers of every answer. */
export const headersFor = (request: AzureRequest): Record<string, string> => ({
  "cache-control": "no-store, no-cache",
  pragma: "no-cache",
  expires: "-1",
  "strict-transport-security": "max-age=31536000; includeSubDomains",
  "x-content-type-options": "nosniff",
  "x-ms-request-id": request.id,
  "x-ms-ests-server": "2.1.0 - WEULR1 local",
  "client-request-id": correlationIdOf(request),
});
