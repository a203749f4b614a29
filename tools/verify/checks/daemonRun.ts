import type { Credential } from "../credential";
import type { Patience, Replication } from "../patience";
import type { TokenSource } from "../signIn/signIn";

/** One daemon's part of a run: its credential, and the means to call as it. */
export interface DaemonRun {
  readonly credential: Credential;
  readonly tokens: TokenSource;
  readonly patience: Patience;
  /** What its token requests may wait for. */
  readonly signInReplication: Replication;
}

/** The name of a call in a line of progress. */
export const label = ({ credential }: Pick<DaemonRun, "credential">, doing: string): string =>
  `${credential.daemon}, ${doing}`;

/** A token's scope for everything that the application was granted at the service of this address. */
export const defaultScope = (service: string): string => `${new URL(service).origin}/.default`;

export const lakeScope = "https://storage.azure.com/.default";
export const resourceManager = "https://management.azure.com";
