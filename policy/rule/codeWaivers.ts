import { noteWaiverProblem, noteWaiverProblems, readWaivers, type Waiver } from "./waivers";

/** What a rule of the pack, or the engine, tells of a resource. */
interface Told {
  readonly urn: string;
  readonly type: string;
  readonly props: Readonly<Record<string, unknown>>;
  readonly opts: { readonly parent?: string };
}

const rules = new Set<string>();
const parents = new Map<string, string | undefined>();
const waivers = new Map<string, ReadonlyMap<string, readonly Waiver[]>>();

/** Lets waivers in code name a rule. */
export const nameRule = (rule: string): void => void rules.add(rule);

/**
 * Takes in the waivers of a component: its input `waivers`, a list of rule, reason, expires and perhaps resource. The engine tells a
 * component before anything in it, so they are known by the time that its resources are judged.
 */
export function noteResource({ urn, type, props, opts }: Told, now: Date): void {
  parents.set(urn, opts.parent);
  const given = props["waivers"];
  // Azure's own types may have a property of that name.
  if (!Array.isArray(given) || /^azure/.test(type.replace(/^azure-daemon-access:/, ""))) return;
  const byRule = new Map<string, Waiver[]>();
  for (const one of given as unknown[]) {
    const rule = ruleOf(one);
    const [waiver] = readWaivers({ waivers: [{ resource: "*", ...(one as object) }] });
    if (waiver === undefined) continue;
    byRule.set(rule, [...(byRule.get(rule) ?? []), waiver]);
    if (rules.has(rule)) noteWaiverProblems(rule, [waiver], now);
    else
      noteWaiverProblem(rule, `the waiver for "${waiver.resource}" is for an unknown rule; RULES.md lists the rules`);
  }
  waivers.set(urn, byRule);
}

/** The waivers of a rule in the components that a resource lies in. */
export function waiversInCode(rule: string, urn: string): readonly Waiver[] {
  const found: Waiver[] = [];
  for (let place: string | undefined = urn; place !== undefined && place !== ""; place = parents.get(place)) {
    found.push(...(waivers.get(place)?.get(rule) ?? []));
  }
  return found;
}

function ruleOf(waiver: unknown): string {
  const { rule } = (typeof waiver === "object" && waiver !== null ? waiver : {}) as { readonly rule?: unknown };
  return typeof rule === "string" ? rule : "";
}
