import type { Mode } from "../mode";

/** What takes time to be known everywhere. */
export type ReplicatedKind =
  | "application"
  | "servicePrincipal"
  | "credential"
  | "appRoleAssignment"
  | "roleAssignment"
  | "roleDefinition"
  | "secret";

/** A change of an object, as a service that reads it asks about. */
export interface ReplicatedChange {
  readonly kind: ReplicatedKind;
  /** What tells the object from others of its kind. */
  readonly id: string;
  readonly changedAt: Date;
}

/** Who reads: a service, in one of its replicas where several answer by turns. */
export interface Reader {
  readonly service: "entra" | "graph" | "arm" | "keyVault" | "storage" | "machineLearning";
  /** What the replica is chosen by, for example the request's ID. */
  readonly replica?: string;
}

/** When a change becomes visible to whom. Services ask before they read. */
export interface Replication {
  isVisible(change: ReplicatedChange, reader: Reader): boolean;
}

const atOnce: Replication = { isVisible: () => true };

export const replicationMode: Mode<Replication> = { isReady: false, off: atOnce, open: () => atOnce };
