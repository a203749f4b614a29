import type { Clock } from "../clock";
import type { Cloud } from "../cloud";
import type { Operation } from "../http/router";
import type { Service } from "../http/service";
import type { Directory } from "./directory";
import type { TokenService } from "./tokenService";
import { TokenVerifier } from "./token/tokenVerifier";
import type { SigningKey } from "./token/signingKey";
import { EntraService, type EntraOptions } from "./entraService";

/** Microsoft Entra ID's sign-in endpoints. */
export function createEntra(
  cloud: Cloud,
  options: EntraOptions = {},
): Service & { readonly operations: readonly Operation[] } {
  return new EntraService(cloud, options);
}

/** Checks the access tokens that {@link createEntra} issues. @param key what they are signed with */
export function createTokenService(directory: Directory, key: SigningKey, clock: Clock): TokenService {
  return new TokenVerifier(directory.tenant.id, key, clock);
}
