import type { StateKey } from "../store/stateKey";
import type { IdentityName } from "./layout";

/**
 * Client secret of one of the landing zone's identities. Entra ID's own may start with a dash, which command lines take
 * for an option; these are for command lines, and never do.
 */
export const landingZoneSecret = (key: StateKey, identity: IdentityName): string =>
  key.derive(`landing-zone/${identity}`).replace(/^-/, "_");
