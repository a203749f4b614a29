import type { Problems } from "../checks/argumentError";
import { type Check, write } from "../checks/refusal";

/** Accepts a violation of the policy pack until a date. */
export interface WaiverArgs {
  /**
   * Name of the rule, as in the policy pack's list.
   * @example "vault-private-endpoint"
   */
  readonly rule: string;
  /**
   * Name or URN of a resource of the component; `*` stands for any characters.
   * @default every resource of the component
   */
  readonly resource?: string;
  /** Why the violation is accepted. */
  readonly reason: string;
  /**
   * The last day on which it applies.
   * @example "2030-01-31"
   */
  readonly expires: string;
}

/** What a component registers of its waivers, where the policy pack, previews and reports read them. Nothing without any. */
export const waiverInputs = (waivers: readonly WaiverArgs[] | undefined): { waivers?: readonly WaiverArgs[] } =>
  waivers === undefined || waivers.length === 0 ? {} : { waivers };

const ruleName: Check = (value) =>
  /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(value)
    ? undefined
    : { needed: "the name of a rule of the policy pack", fix: write("vault-private-endpoint") };

const reason: Check = (value) =>
  value.trim() !== ""
    ? undefined
    : { needed: "why the finding may stay", fix: write("the endpoint comes with the new network") };

const resource: Check = (value) =>
  value.trim() !== ""
    ? undefined
    : { needed: "the name or URN of a resource, with * for any characters", fix: write("loader-*") };

const lastDay: Check = (value) =>
  isDay(value) ? undefined : { needed: "the last day it holds", fix: write("2030-01-31") };

/** Whether it is a day of the calendar: JavaScript takes February 30 for March 2. */
function isDay(value: string): boolean {
  const midnight = /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(value);
}

/** Judges waivers. Whether a rule of that name exists, and whether one has ended, is for the policy pack to tell. */
export function checkWaivers(problems: Problems, waivers: readonly WaiverArgs[] | undefined): void {
  waivers?.forEach((waiver, index) => {
    const at = `waivers[${index}]`;
    problems.check(`${at}.rule`, waiver.rule, ruleName);
    problems.checkOptional(`${at}.resource`, waiver.resource, resource);
    problems.check(`${at}.reason`, waiver.reason, reason);
    problems.check(`${at}.expires`, waiver.expires, lastDay);
  });
}
