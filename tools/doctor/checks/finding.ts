import type { Failure } from "../azure/failure";
import type { Operation } from "../rights/right";

/** Everything that doctor looks at, by the name it has in `--json`. */
export const checkNames = {
  signIn: "sign in",
  graphPermission: "Microsoft Graph permission",
  ownership: "owner of an application",
  azureAction: "Azure action",
  unlisted: "rights",
  condition: "condition on assigning roles",
  exists: "exists",
  registration: "resource provider",
  region: "region",
  name: "name is free",
  deletedSecret: "no deleted secret has the name",
  displayName: "display name is free",
  quota: "quota",
  orphan: "named by no state",
} as const;

export type CheckName = keyof typeof checkNames;

/**
 * - passed: as it should be
 * - failed: a run would fail on it
 * - unknown: the deployer may not ask, or the service did not answer
 * - note: nothing is wrong, and worth knowing
 */
export type Result = "passed" | "failed" | "unknown" | "note";

/** One thing that was looked at. */
export interface Finding {
  readonly check: CheckName;
  /** What was looked at: a permission, an action, a name. */
  readonly subject: string;
  /** Of an Azure action: where. */
  readonly scope?: string;
  readonly result: Result;
  /** What was found. */
  readonly detail?: string;
  /** The service's own code and words, where it refused to answer. */
  readonly reason?: Failure;
  /** What to do, in plain words or as a command. Of what failed or is unknown. */
  readonly remedy?: string;
  /** Of a right: what it is needed for. */
  readonly operations?: readonly Operation[];
  /** Of a right: the resources that need it. */
  readonly neededBy?: readonly string[];
}

/** A question that was not answered leaves its subject unknown. */
export const unanswered = (check: CheckName, subject: string, reason: Failure, remedy: string): Finding => ({
  check,
  subject,
  result: "unknown",
  reason,
  remedy,
});
