import { daysLeft, ENDS_SOON_DAYS } from "../../policy/rule/waivers";
import type { PolicyConfiguration } from "./policyFile";

/** A waiver of the file, and whether it holds. */
export interface WaiverState {
  readonly rule: string;
  readonly resource: string;
  readonly reason: string;
  /** The last day it holds. */
  readonly expires: string;
  /** Whole days until it ends; below 0 it has ended. */
  readonly daysLeft: number;
  readonly state: "holds" | "ends soon" | "ended";
}

/** @param configuration as `readPolicyFile` has checked it */
export function waiverStates(configuration: PolicyConfiguration, now: Date): WaiverState[] {
  return Object.entries(configuration).flatMap(([rule, given]) => {
    const { waivers = [] } = given as {
      readonly waivers?: readonly Omit<WaiverState, "rule" | "daysLeft" | "state">[];
    };
    return waivers.map(({ resource, reason, expires }) => {
      const left = daysLeft(expires, now);
      const state = left < 0 ? "ended" : left <= ENDS_SOON_DAYS ? "ends soon" : "holds";
      return { rule, resource, reason, expires, daysLeft: left, state } as const;
    });
  });
}
