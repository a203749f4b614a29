import type { PolicyConfigSchema } from "@pulumi/policy";
import { matches } from "./glob";

/** A team's decision to live with a finding for a while. It stands in a rule's configuration or in a component, under `waivers`. */
export interface Waiver {
  /** A resource's name or URN; `*` stands for any characters. */
  readonly resource: string;
  readonly reason: string;
  /** The last day it holds, for example "2030-01-31". */
  readonly expires: string;
}

export const waiverSchema: PolicyConfigSchema["properties"] = {
  waivers: {
    type: "array",
    default: [],
    description: "Resources that may break this rule for a while, each with a reason and the last day it may.",
    items: {
      type: "object",
      required: ["resource"],
      properties: { resource: { type: "string" }, reason: { type: "string" }, expires: { type: "string" } },
    },
  },
};

export function readWaivers(config: Readonly<Record<string, unknown>>): Waiver[] {
  const given = Array.isArray(config["waivers"]) ? (config["waivers"] as unknown[]) : [];
  return given.map((one) => {
    const waiver = (typeof one === "object" && one !== null ? one : {}) as Record<string, unknown>;
    return { resource: text(waiver["resource"]), reason: text(waiver["reason"]), expires: text(waiver["expires"]) };
  });
}

/** What is wrong with a waiver, or undefined if it holds on that day. */
export function waiverProblem(waiver: Waiver, now: Date): string | undefined {
  const quoted = `the waiver for "${waiver.resource}"`;
  if (waiver.reason.trim() === "") return `${quoted} gives no reason; say why the finding may stay`;
  const end = endOf(waiver.expires);
  if (Number.isNaN(end))
    return `${quoted} expires on "${waiver.expires}"; give the last day it holds, for example "2030-01-31"`;
  if (end < now.getTime()) return `${quoted} expired on ${waiver.expires}; fix the resource, or decide again`;
  return undefined;
}

const DAY = 86_400_000;

/** A waiver is told to end soon in its last two weeks. */
export const ENDS_SOON_DAYS = 14;

/** Whole days until a waiver's last day is over; below 0 it is. */
export const daysLeft = (expires: string, now: Date): number => Math.floor((endOf(expires) - now.getTime()) / DAY);

const endOf = (expires: string): number =>
  /^\d{4}-\d{2}-\d{2}$/.test(expires) ? Date.parse(`${expires}T23:59:59Z`) : Number.NaN;

export const covers = (waiver: Waiver, resource: { readonly name: string; readonly urn: string }): boolean =>
  matches(waiver.resource, resource.name) || matches(waiver.resource, resource.urn);

const problems = new Map<string, Set<string>>();

/** Keeps a rule's bad waivers for the rule that reports them; the policy SDK shows each rule only its own configuration. */
export function noteWaiverProblems(rule: string, waivers: readonly Waiver[], now: Date): void {
  for (const waiver of waivers) {
    const problem = waiverProblem(waiver, now);
    if (problem !== undefined) noteWaiverProblem(rule, problem);
  }
}

export function noteWaiverProblem(rule: string, problem: string): void {
  problems.set(rule, (problems.get(rule) ?? new Set()).add(problem));
}

/** The bad waivers seen since the last call, each with the name of its rule. */
export function takeWaiverProblems(): { rule: string; problem: string }[] {
  const taken = [...problems].flatMap(([rule, all]) => [...all].map((problem) => ({ rule, problem })));
  problems.clear();
  return taken;
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");
