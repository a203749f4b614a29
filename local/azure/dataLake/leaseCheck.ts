import { headerOf, type LakeRequest } from "./lakeRequest";
import { isLocked, type Leasable, leaseState } from "./lease";
import { leaseRefused } from "./leaseRefusal";

/**
 * Holds the lease ID of a request against what it is about.
 * @param need "lease" where a lease shuts out whoever doesn't name it, "none" where only a wrong name counts
 * @throws Refusal
 */
export function checkLease(
  lake: LakeRequest,
  leasable: Leasable,
  need: "lease" | "none",
  header: "x-ms-lease-id" | "x-ms-source-lease-id" = "x-ms-lease-id",
): void {
  const given = headerOf(lake, header);
  const state = leaseState(leasable, lake.cloud.clock.now());
  const on = lake.path === "" ? "Container" : "Blob";
  if (given === undefined) {
    if (need === "lease" && isLocked(state)) {
      throw leaseRefused.missing(on);
    }
    return;
  }
  if (state === "available") {
    throw leaseRefused.notPresent(on);
  }
  if (!isLocked(state)) {
    throw leaseRefused.lost(on);
  }
  if (leasable.lease?.id.toLowerCase() !== given.toLowerCase()) {
    throw leaseRefused.mismatch(on);
  }
}
