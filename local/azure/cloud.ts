import type { AccessControl } from "./arm/authorization/accessControl";
import type { Clock } from "./clock";
import type { Replication } from "./conditions/replication/replication";
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
  /** When a change becomes visible to whom. */
  readonly replication: Replication;
  /** Whether retired services (Data Lake Store) take new resources. @default false, as in Azure */
  readonly allowsRetiredServices?: boolean;
}
