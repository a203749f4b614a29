import type { EngineEvent } from "@pulumi/pulumi/automation";
import { z } from "zod";
import { fixedBySetting } from "../../../policy/rule/settingFix";
import { typeName } from "../../engine/types";
import { nameInUrn, typeInUrn } from "../../engine/urns";

/** One finding of the policy pack. */
export interface PolicyResult {
  readonly rule: string;
  /** The resource it is about; absent for the stack as a whole. */
  readonly resource?: { readonly name: string; readonly type: string; readonly urn: string };
  /** What the rule asks for. */
  readonly title: string;
  /** What is wrong, and how to fix it. */
  readonly message: string;
  /** "low", "medium", "high" or "critical", where the engine tells it. */
  readonly severity?: string;
}

export interface WaivedResult extends PolicyResult {
  /** The last day that the waiver holds, as "2030-01-31". */
  readonly until: string;
  readonly reason: string;
}

/** What the policy pack said of a preview. */
export interface PolicyResults {
  /** How many rules were asked. */
  readonly rules: number;
  readonly mandatory: readonly PolicyResult[];
  readonly advisory: readonly PolicyResult[];
  readonly waived: readonly WaivedResult[];
  /** Rules that a pending value kept from judging; they judge when it is known. */
  readonly undecided: readonly PolicyResult[];
  /** Resources that a rule has fixed. */
  readonly fixed: readonly { readonly rule: string; readonly resource: string }[];
}

const rulesSchema = z.object({ passed: z.array(z.string()).nullish(), failed: z.array(z.string()).nullish() });
/** Events that the Automation API's types don't name. */
const unnamedSchema = z.object({
  policyAnalyzeSummaryEvent: rulesSchema.optional(),
  policyAnalyzeStackSummaryEvent: rulesSchema.optional(),
  policyRemediationEvent: z.object({ policyName: z.string(), resourceUrn: z.string().optional() }).optional(),
  policyEvent: z.object({ severity: z.string().optional() }).optional(),
});

const waiver = /^Waived until (\d{4}-\d{2}-\d{2}): (.*?)\. (.*)$/s;

/** @param inSettings whether the program is the project's own stack, whose reader writes settings and no resources */
export function policyResults(events: readonly EngineEvent[], inSettings = false): PolicyResults {
  const rules = new Set<string>();
  const results: { mandatory: PolicyResult[]; advisory: PolicyResult[]; undecided: PolicyResult[] } = {
    mandatory: [],
    advisory: [],
    undecided: [],
  };
  const waived: WaivedResult[] = [];
  const fixed: { rule: string; resource: string }[] = [];
  for (const event of events) {
    const unnamed = unnamedSchema.safeParse(event).data;
    for (const asked of [unnamed?.policyAnalyzeSummaryEvent, unnamed?.policyAnalyzeStackSummaryEvent]) {
      for (const rule of [...(asked?.passed ?? []), ...(asked?.failed ?? [])]) rules.add(rule);
    }
    const remediation = unnamed?.policyRemediationEvent;
    if (remediation) fixed.push({ rule: remediation.policyName, resource: nameInUrn(remediation.resourceUrn ?? "") });
    if (!event.policyEvent) continue;
    const { result, excused } = resultOf(event.policyEvent, unnamed?.policyEvent?.severity, inSettings);
    if (excused) waived.push(excused);
    else if (event.policyEvent.enforcementLevel === "mandatory") results.mandatory.push(result);
    else if (isUndecided(result)) results.undecided.push(result);
    else results.advisory.push(result);
  }
  return { rules: rules.size, ...results, waived, fixed };
}

function resultOf(
  { policyName, resourceUrn, message }: NonNullable<EngineEvent["policyEvent"]>,
  severity: string | undefined,
  inSettings: boolean,
): { readonly result: PolicyResult; readonly excused?: WaivedResult } {
  const text = message.replaceAll(/<\{%[^%]*%\}>/g, "").trim();
  const [title = "", ...rest] = text.split("\n");
  const told = rest.join("\n").trim();
  const body = inSettings ? fixedBySetting(told) : told;
  const result: PolicyResult = {
    rule: policyName,
    ...(resourceUrn && { resource: resourceOf(resourceUrn) }),
    title,
    message: body,
    ...(severity !== undefined && { severity }),
  };
  const [, until = "", reason = "", finding = ""] = waiver.exec(body) ?? [];
  return until === "" ? { result } : { result, excused: { ...result, message: finding, until, reason } };
}

/** The policy SDK's words where a pending value kept a rule from judging. */
const isUndecided = ({ title, message }: PolicyResult): boolean => /can't (run|be known)/.test(`${title} ${message}`);

export function resourceOf(urn: string): { readonly name: string; readonly type: string; readonly urn: string } {
  return { name: nameInUrn(urn), type: typeName(typeInUrn(urn)), urn };
}
