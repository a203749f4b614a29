import type { AzureRequest, AzureResponse } from "./message";

/** One of Azure's services: the hosts it answers at, and how it answers. */
export interface Service {
  /** The name the request log shows, for example "graph". */
  readonly name: string;
  /** Whether this service answers at a host, for example `graph.microsoft.com` or `*.vault.azure.net`. */
  readonly serves: (host: string) => boolean;
  /** Answers a request, or throws a ServiceError. Writes to the store become durable before the answer is sent. */
  readonly handle: (request: AzureRequest) => Promise<AzureResponse>;
  /** An operation the service has in Azure but not here: 501, in the service's own envelope. */
  readonly unsupported: (request: AzureRequest) => AzureResponse;
}
