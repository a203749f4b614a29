import { problemLine } from "../checks/argumentError";
import type { Check } from "../checks/refusal";

/** What its owners can do about an output that is not as the contract says. */
export const UPDATE_STACK = "Ask the stack's owners to run pulumi up with a current azure-daemon-access.";

/** Reads outputs of unknown types one by one, and gathers what is wrong with them. */
export class OutputReader {
  readonly #problems: string[] = [];

  /**
   * @param outputs the stack's outputs by name
   * @param secrets names of the outputs that are secret, of which nothing may be read or told
   */
  constructor(
    private readonly outputs: Readonly<Record<string, unknown>>,
    private readonly secrets: ReadonlySet<string>,
  ) {}

  get problems(): readonly string[] {
    return this.#problems;
  }

  /** Names of all outputs. */
  get names(): string[] {
    return Object.keys(this.outputs);
  }

  has(name: string): boolean {
    return this.#value(name) !== undefined;
  }

  text(name: string, check: Check): string {
    const value = this.#value(name);
    if (typeof value !== "string") return this.#refuse(name, value, check("")?.needed ?? "text", "");
    const refusal = check(value);
    return refusal ? this.#refuse(name, value, refusal.needed, value) : value;
  }

  optionalText(name: string, check: Check): string | undefined {
    return this.has(name) ? this.text(name, check) : undefined;
  }

  wholeNumber(name: string): number {
    const value = this.#value(name);
    const isRight = typeof value === "number" && Number.isInteger(value) && value >= 0;
    return isRight ? value : this.#refuse(name, value, "a whole number", 0);
  }

  optionalWholeNumber(name: string): number | undefined {
    return this.has(name) ? this.wholeNumber(name) : undefined;
  }

  texts(name: string): string[] {
    const value = this.#value(name);
    const isRight = Array.isArray(value) && value.every((each): each is string => typeof each === "string");
    return isRight ? value : this.#refuse(name, value, "a list of texts", []);
  }

  optionalTexts(name: string): string[] {
    return this.has(name) ? this.texts(name) : [];
  }

  #value(name: string): unknown {
    if (!Object.hasOwn(this.outputs, name)) return undefined;
    if (!this.secrets.has(name)) return this.outputs[name] ?? undefined;
    this.#note(`output ${name}: is a secret, and the contract has none. ${UPDATE_STACK}`);
    return undefined;
  }

  #refuse<T>(name: string, given: unknown, needed: string, instead: T): T {
    if (!this.secrets.has(name)) this.#note(problemLine(`output ${name}`, given, { needed, fix: UPDATE_STACK }));
    return instead;
  }

  #note(problem: string): void {
    if (!this.#problems.includes(problem)) this.#problems.push(problem);
  }
}
