import type { AzureResponse } from "./message";

/**
 * A refusal in a service's own words. Each service has an error factory that makes these in its own envelope;
 * the gateway sends {@link response} as it stands.
 */
export class ServiceError extends Error {
  constructor(
    readonly code: string,
    readonly response: AzureResponse,
  ) {
    super(`${response.status} ${code}`);
    this.name = "ServiceError";
  }
}
