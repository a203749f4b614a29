import type { AzureRequest } from "../http/message";
import type { Caller } from "./caller";

/** Issues and checks access tokens. */
export interface TokenService {
  /**
   * The caller that a request's bearer token stands for.
   * @param audiences the resources the service answers for; a trailing slash does not matter
   * @throws TokenRefused
   */
  authenticate(request: AzureRequest, audiences: readonly string[]): Promise<Caller>;
}
