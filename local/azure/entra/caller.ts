/** Who makes a request, as the access token says. */
export interface Caller {
  /** Application (client) ID. */
  readonly clientId: string;
  /** Object ID of the caller's service principal. */
  readonly objectId: string;
  readonly tenantId: string;
  /** Application permissions (app roles) in the token. */
  readonly roles: readonly string[];
}

export type TokenProblem = "missing" | "malformed" | "signature" | "expired" | "audience" | "tenant";

/** A token that a service must not accept. Each service says so in its own words. */
export class TokenRefused extends Error {
  constructor(
    readonly problem: TokenProblem,
    /** The audience the token was issued for, where it could be read. */
    readonly audience?: string,
  ) {
    super(`token refused: ${problem}`);
    this.name = "TokenRefused";
  }
}
