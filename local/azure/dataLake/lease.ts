/** A lease of a blob or a container. Times are RFC 3339. */
export interface Lease {
  readonly id: string;
  /** -1 for one without an end. */
  readonly seconds: number;
  /** Unset where it has no end. */
  readonly expires?: string;
  /** When it ends or ended because it was broken. */
  readonly broken?: string;
}

export type LeaseState = "available" | "leased" | "expired" | "breaking" | "broken";

/** What can be leased. */
export interface Leasable {
  readonly lease?: Lease | undefined;
}

export function leaseState({ lease }: Leasable, now: Date): LeaseState {
  if (lease === undefined) {
    return "available";
  }
  if (lease.broken !== undefined) {
    return Date.parse(lease.broken) > now.getTime() ? "breaking" : "broken";
  }
  return lease.expires === undefined || Date.parse(lease.expires) > now.getTime() ? "leased" : "expired";
}

export const isLocked = (state: LeaseState): boolean => state === "leased" || state === "breaking";

/** How a lease shows in headers: state, status, and its kind while it holds. */
export function leaseHeaders(leasable: Leasable, now: Date): Record<string, string> {
  const state = leaseState(leasable, now);
  return {
    "x-ms-lease-state": state,
    "x-ms-lease-status": isLocked(state) ? "locked" : "unlocked",
    ...(state === "leased" ? { "x-ms-lease-duration": leasable.lease?.seconds === -1 ? "infinite" : "fixed" } : {}),
  };
}
