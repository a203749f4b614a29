import type { AccessControl } from "./arm/authorization/accessControl";
import type { Clock } from "./clock";
import type { Replicas } from "./conditions/replication/replicas";
import type { Directory } from "./entra/directory";
import type { TokenService } from "./entra/tokenService";
import type { StateKey } from "./store/stateKey";
import type { Store } from "./store/store";

/** What every service of local Azure shares. */
export interface Cloud {
  readonly clock: Clock;
  readonly store: Store;
  /** Seals values that must not lie in plain text on the disk, and derives the landing zone's own secrets. */
  readonly stateKey: StateKey;
  /** Who exists: applications, service principals, users, managed identities. */
  readonly directory: Directory;
  /** Issues and checks access tokens. */
  readonly tokens: TokenService;
  /** Azure role assignments, and what they allow. */
  readonly access: AccessControl;
  /** What of all this each service's replicas have heard of yet. */
  readonly replicas: Replicas;
  /** Whether retired services (Data Lake Store) take new resources. @default false, as in Azure */
  readonly allowsRetiredServices?: boolean;
}
