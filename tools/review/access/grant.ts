import type { Party } from "../estate/parties";
import type { Resource } from "../estate/resource";

/** Kinds of access that a review tells. */
export const accessKinds = [
  "graph-permission",
  "app-role",
  "directory-role",
  "azure-role",
  "secret-reader",
  "owner",
  "federated-subject",
  "network",
] as const;
export type AccessKind = (typeof accessKinds)[number];

/** That someone holds something on something, at one time. */
export interface Grant {
  readonly kind: AccessKind;
  readonly holder: Party;
  /** What the access is to. */
  readonly to: Party;
  /** What is held: a role's name, "requested" and "granted" of a permission, an address range … */
  readonly what: string;
  /** The most a reviewer should worry: "privileged" can reach other rights, other people's data or the keys to both. */
  readonly weight?: "privileged" | "sensitive";
  /** The resource of the program that gives it. */
  readonly by: Resource;
}
