import type { Clock } from "../clock";
import type { Cloud } from "../cloud";
import type { Operation } from "../http/router";
import type { Service } from "../http/service";
import type { StateKey } from "../store/stateKey";
import type { Store } from "../store/store";
import type { Directory } from "./directory";
import type { TokenService } from "./tokenService";
import { TokenVerifier } from "./token/tokenVerifier";
import { signingKey } from "./token/signingKey";
import { EntraService, type EntraOptions } from "./entraService";

/** Microsoft Entra ID's sign-in endpoints. */
export function createEntra(
  cloud: Cloud,
  options: EntraOptions = {},
): Service & { readonly operations: readonly Operation[] } {
  return new EntraService(cloud, options);
}

/** Checks the access tokens that {@link createEntra} issues. */
export function createTokenService(directory: Directory, store: Store, stateKey: StateKey, clock: Clock): TokenService {
  return new TokenVerifier(directory.tenant.id, signingKey(store, stateKey), clock);
}
