import { z } from "zod";
import { problemLine } from "../../components/checks/argumentError";
import { didYouMean } from "../../components/checks/nearest";
import type { Rule } from "../../policy/rule/rule";
import type { Setting } from "../../policy/rule/settings";

/** The engine's levels of a rule. */
const LEVELS = ["mandatory", "advisory", "remediate", "disabled"];
/** The engine's own name for all rules together; it takes a level alone. */
const EVERY_RULE = "all";
const WAIVER_KEYS = ["resource", "reason", "expires"];
const RESOURCE_FIX =
  'Write, for example, { "resource": "loader*", "reason": "moves to federation", "expires": "2030-01-31" }.';

type Known = Pick<Rule, "text" | "settings">;
type Refuse = (key: string, given: unknown, needed: string, fix: string) => void;

/** Every problem of a policy configuration, a line each. */
export function policyFileProblems(configuration: unknown, rules: readonly Known[]): string[] {
  const lines: string[] = [];
  const refuse: Refuse = (key, given, needed, fix) => lines.push(problemLine(key, given, { needed, fix }));
  if (!isGroup(configuration)) {
    refuse(
      "the file",
      configuration,
      "a group of rules by name",
      'Write, for example, { "vault-protected": "disabled" }.',
    );
    return lines;
  }
  const names = [EVERY_RULE, ...rules.map(({ text }) => text.name)];
  for (const [name, given] of Object.entries(configuration)) {
    const rule = rules.find(({ text }) => text.name === name);
    if (rule) checkRule(refuse, rule, given);
    else if (name === EVERY_RULE) checkLevel(refuse, name, given);
    else lines.push(`${name}: unknown rule. ${didYouMean(name, names, "policy/RULES.md lists the rules.")}`);
  }
  return lines;
}

function checkRule(refuse: Refuse, { text: { name }, settings }: Known, given: unknown): void {
  if (!isGroup(given)) {
    checkLevel(refuse, name, given, ", or a group with enforcementLevel, settings and waivers");
    return;
  }
  const known = ["enforcementLevel", "waivers", ...Object.keys(settings)];
  for (const [key, value] of Object.entries(given)) {
    const path = `${name}.${key}`;
    const setting = settings[key];
    if (key === "enforcementLevel") checkLevel(refuse, path, value);
    else if (key === "waivers") checkWaivers(refuse, path, value);
    else if (setting) checkSetting(refuse, path, value, setting);
    else refuse(path, value, `one of ${known.join(", ")}`, didYouMean(key, known, "Remove it."));
  }
}

function checkLevel(refuse: Refuse, path: string, given: unknown, orElse = ""): void {
  if (typeof given === "string" && LEVELS.includes(given)) return;
  const needed = `one of ${LEVELS.map((level) => `"${level}"`).join(", ")}${orElse}`;
  refuse(path, given, needed, didYouMean(String(given), LEVELS, "Write one of these."));
}

function checkSetting(refuse: Refuse, path: string, given: unknown, { schema }: Setting<unknown>): void {
  if (!shapeOf(schema).safeParse(given).success) refuse(path, given, words(schema), schema.description);
}

/** The kinds of settings that rules have. */
function shapeOf({ type, minimum, format }: Setting<unknown>["schema"]): z.ZodType {
  if (type === "integer") return z.int().min(minimum ?? Number.MIN_SAFE_INTEGER);
  if (type === "boolean") return z.boolean();
  if (type === "array") return z.array(z.string());
  if (type === "object") return z.record(z.string(), z.string());
  return format === "date-time" ? z.iso.datetime({ offset: true }) : z.string();
}

function words({ type, minimum, format }: Setting<unknown>["schema"]): string {
  if (type === "integer") return `a whole number${minimum === undefined ? "" : ` from ${minimum}`}`;
  if (type === "boolean") return "true or false";
  if (type === "array") return "a list of texts";
  if (type === "object") return "a group of texts by name";
  return format === "date-time" ? 'a date and time with its zone, "2030-01-31T00:00:00Z"' : "a text";
}

function checkWaivers(refuse: Refuse, path: string, given: unknown): void {
  if (!Array.isArray(given)) {
    refuse(path, given, "a list of waivers", RESOURCE_FIX);
    return;
  }
  given.forEach((waiver: unknown, index) => {
    checkWaiver(refuse, `${path}[${index}]`, waiver);
  });
}

function checkWaiver(refuse: Refuse, path: string, waiver: unknown): void {
  if (!isGroup(waiver)) {
    refuse(path, waiver, `a group with ${WAIVER_KEYS.join(", ")}`, RESOURCE_FIX);
    return;
  }
  for (const [key, value] of Object.entries(waiver)) {
    if (WAIVER_KEYS.includes(key)) continue;
    refuse(`${path}.${key}`, value, `one of ${WAIVER_KEYS.join(", ")}`, didYouMean(key, WAIVER_KEYS, "Remove it."));
  }
  const { resource, reason, expires } = waiver;
  if (isEmpty(resource))
    refuse(`${path}.resource`, resource, "the name or URN of a resource, with * for any characters", RESOURCE_FIX);
  if (isEmpty(reason)) refuse(`${path}.reason`, reason, "why the finding may stay", RESOURCE_FIX);
  if (!z.iso.date().safeParse(expires).success) {
    refuse(`${path}.expires`, expires, 'the last day it holds, for example "2030-01-31"', RESOURCE_FIX);
  }
}

const isEmpty = (value: unknown): boolean => typeof value !== "string" || value.trim() === "";

const isGroup = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
