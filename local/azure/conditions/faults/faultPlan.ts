import type { Clock } from "../../clock";
import type { Call } from "../call";
import { randomStream } from "../seed";
import { armedRule } from "./armedRule";
import { armedFault, type ArmedRule, type Fault, type Injection } from "./fault";
import type { Scenario } from "./scenarioSchema";

/** The faults that wait for their requests: those that code has added, then the scenarios, each in the order they came. */
export class FaultPlan {
  private byCode: ArmedRule[] = [];
  private added = 0;
  private readonly inForce = new Map<string, { readonly scenario: Scenario; readonly rules: readonly ArmedRule[] }>();

  constructor(
    private readonly clock: Clock,
    private seed: number,
  ) {}

  /** Whether there is anything that can go wrong. */
  get isEmpty(): boolean {
    return this.byCode.length === 0 && this.inForce.size === 0;
  }

  add(fault: Fault): void {
    this.added += 1;
    this.byCode.push(armedFault(fault, String(this.added)));
  }

  /** Puts a scenario into force. One of the same name, and what it has counted, is forgotten. */
  enact(scenario: Scenario): void {
    const { clock, seed } = this;
    const rules = scenario.rules.map((rule, index) =>
      armedRule(rule, {
        scenario: scenario.name,
        index,
        clock,
        random: randomStream(seed, `faults:${scenario.name}:${index}`),
      }),
    );
    this.inForce.delete(scenario.name);
    this.inForce.set(scenario.name, { scenario, rules });
  }

  /** Ends a scenario. @returns whether it was in force */
  repeal(name: string): boolean {
    return this.inForce.delete(name);
  }

  /** Begins all scenarios anew with another seed. */
  reseed(seed: number): void {
    this.seed = seed;
    for (const scenario of this.scenarios) this.enact(scenario);
  }

  /** The scenarios in force. */
  get scenarios(): readonly Scenario[] {
    return [...this.inForce.values()].map(({ scenario }) => scenario);
  }

  clear(): void {
    this.byCode = [];
    this.inForce.clear();
  }

  /** How many faults that code has added still wait for a request. */
  get left(): number {
    return this.byCode.length;
  }

  /** What hits this call: of the first rule that is due. */
  take(call: Call): Injection | undefined {
    for (const rule of [...this.byCode, ...[...this.inForce.values()].flatMap(({ rules }) => rules)]) {
      const injection = rule.take(call);
      if (injection !== undefined) {
        this.byCode = this.byCode.filter(({ isSpent }) => !isSpent);
        return injection;
      }
    }
    return undefined;
  }
}
