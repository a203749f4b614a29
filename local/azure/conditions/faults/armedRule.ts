import type { Clock } from "../../clock";
import { queryParameter } from "../../http/message";
import type { Call } from "../call";
import { inEnvelope } from "../envelope";
import type { RandomStream } from "../seed";
import type { ArmedRule, Effect, Injection } from "./fault";
import { pathPattern } from "./pathPattern";
import { filled } from "./placeholders";
import { daemonCallers, type FaultyAnswer, type ScenarioRule } from "./scenarioSchema";

/** What a rule of a scenario is put to work with. */
export interface Arming {
  readonly scenario: string;
  /** From 0. */
  readonly index: number;
  readonly clock: Clock;
  readonly random: RandomStream;
}

/** A rule of a scenario at work. */
export function armedRule(rule: ScenarioRule, { scenario, index, clock, random }: Arming): ArmedRule {
  const by = { scenario, rule: rule.name ?? String(index + 1) };
  const path = pathPattern(rule.path ?? "**");
  const seen = new Map<string, { matched: number; hits: number }>();
  const limit = rule.count === "always" ? Number.POSITIVE_INFINITY : rule.count;
  const take = (call: Call): Injection | undefined => {
    const captures = path.match(call.request.path);
    if (captures === undefined || !suits(rule, call)) return undefined;
    const key = counterKey(rule, call);
    const counter = seen.get(key) ?? { matched: 0, hits: 0 };
    seen.set(key, counter);
    counter.matched += 1;
    if (counter.matched <= rule.skip || counter.hits >= limit) return undefined;
    if (rule.probability < 1 && random() >= rule.probability) return undefined;
    counter.hits += 1;
    return { by, effect: effectOf(rule, call, captures, clock.now()), delayMs: rule.delayMs };
  };
  return {
    take,
    get isSpent() {
      return rule.per === undefined && (seen.get("")?.hits ?? 0) >= limit;
    },
  };
}

function counterKey({ per }: ScenarioRule, { request, caller }: Call): string {
  if (per === undefined) return "";
  return per === "path" ? request.path.toLowerCase() : (caller.clientId ?? "");
}

function suits(rule: ScenarioRule, call: Call): boolean {
  const { request, service, caller } = call;
  const { query = {}, bodyContains = "", bodyLacks } = rule;
  return (
    isAmong(rule.service, service) &&
    isAmong(rule.method, request.method) &&
    (rule.caller === undefined || listed(rule.caller).some((wanted) => isCaller(wanted, caller))) &&
    Object.entries(query).every(([name, wanted]) => {
      const given = queryParameter(request, name);
      return given !== undefined && (wanted === "*" || wanted === given);
    }) &&
    (bodyContains === "" || request.body.includes(bodyContains)) &&
    (bodyLacks === undefined || !request.body.includes(bodyLacks))
  );
}

function isCaller(wanted: string, { clientId, identity }: Call["caller"]): boolean {
  if (wanted === daemonCallers) return clientId !== undefined && identity === undefined;
  return wanted === identity || wanted.toLowerCase() === clientId?.toLowerCase();
}

const listed = <T>(value: T | readonly T[]): readonly T[] =>
  Array.isArray(value) ? (value as readonly T[]) : [value as T];

const isAmong = (wanted: string | readonly string[] | undefined, given: string | undefined): boolean =>
  wanted === undefined || (given !== undefined && listed(wanted).includes(given));

function effectOf(rule: ScenarioRule, call: Call, captures: Readonly<Record<string, string>>, now: Date): Effect {
  const { answer, before, after } = rule;
  if (answer !== undefined) return answerOf(filled(answer, call, captures), call, now);
  if (before !== undefined) return { kind: before };
  if (after === undefined) return { kind: "delay" };
  if (typeof after === "string") return { kind: after };
  return "slowMs" in after ? { kind: "slow", ms: after.slowMs } : { kind: "merge", patch: after.merge };
}

function answerOf(
  { code, message = "", body, status, headers = {}, ...rest }: FaultyAnswer,
  call: Call,
  now: Date,
): Effect {
  if (code === undefined) {
    return { kind: "answer", response: { status, headers, ...(body !== undefined && { body }) } };
  }
  const response = inEnvelope(call, { ...rest, status, headers, code, message }, now);
  return { kind: "answer", response, code: rest.inner ?? code };
}
