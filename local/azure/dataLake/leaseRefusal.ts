import { Refusal } from "./refusal";

type On = "Blob" | "Container";

const refusal = (status: number, code: string, message: string): Refusal =>
  new Refusal(status, { dfs: code, blob: code }, message);
const forOperation = (code: string, message: string): Refusal => refusal(412, code, message);
const forLease = (code: string, message: string): Refusal => refusal(409, code, message);

/** Refusals of operations on what is leased. */
export const leaseRefused = {
  missing: (on: On): Refusal =>
    forOperation(
      "LeaseIdMissing",
      `There is currently a lease on the ${on.toLowerCase()} and no lease ID was specified in the request.`,
    ),
  mismatch: (on: On): Refusal =>
    forOperation(
      `LeaseIdMismatchWith${on}Operation`,
      `The lease ID specified did not match the lease ID for the ${on.toLowerCase()}.`,
    ),
  notPresent: (on: On): Refusal =>
    forOperation(`LeaseNotPresentWith${on}Operation`, `There is currently no lease on the ${on.toLowerCase()}.`),
  lost: (on: On): Refusal =>
    forOperation("LeaseLost", `A lease ID was specified, but the lease for the ${on.toLowerCase()} has expired.`),
} as const;

/** Refusals of operations on leases themselves. */
export const leaseOperationRefused = {
  alreadyPresent: (): Refusal => forLease("LeaseAlreadyPresent", "There is already a lease present."),
  notPresent: (): Refusal =>
    forLease("LeaseNotPresentWithLeaseOperation", "There is currently no lease on the resource."),
  mismatch: (): Refusal =>
    forLease(
      "LeaseIdMismatchWithLeaseOperation",
      "The lease ID specified did not match the lease ID for the resource with the specified lease operation.",
    ),
  breaking: (what: "Acquired" | "Changed"): Refusal =>
    forLease(
      `LeaseIsBreakingAndCannotBe${what}`,
      `The lease ID matched, but the lease is currently in breaking state and cannot be ${what.toLowerCase()} until it is broken.`,
    ),
  broken: (): Refusal =>
    forLease(
      "LeaseIsBrokenAndCannotBeRenewed",
      "The lease ID matched, but the lease has been broken explicitly and cannot be renewed.",
    ),
} as const;
