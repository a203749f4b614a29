import { daysLeft, ENDS_SOON_DAYS } from "../../policy/rule/waivers";
import type { Estate } from "../review/estate/estate";
import type { PolicyConfiguration } from "./policyFile";

/** A waiver of the file or of a component, and whether it holds. */
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
    return waivers.map((waiver) => stateOf({ ...waiver, rule }, now));
  });
}

/** Waivers that components of a stack declare. The resource is told as "<component>/<name>". */
export function waiversInCode({ resources }: Estate, now: Date): WaiverState[] {
  return resources.flatMap(({ name, inputs }) =>
    inputs.items("waivers").flatMap((waiver) => {
      const [rule, reason, expires] = ["rule", "reason", "expires"].map((key) => waiver.text(key));
      if (rule === undefined || reason === undefined || expires === undefined) return [];
      return [stateOf({ rule, resource: `${name}/${waiver.text("resource") ?? "*"}`, reason, expires }, now)];
    }),
  );
}

function stateOf(waiver: Pick<WaiverState, "rule" | "resource" | "reason" | "expires">, now: Date): WaiverState {
  const { rule, resource, reason, expires } = waiver;
  const left = daysLeft(expires, now);
  const state = left < 0 ? "ended" : left <= ENDS_SOON_DAYS ? "ends soon" : "holds";
  return { rule, resource, reason, expires, daysLeft: left, state };
}
