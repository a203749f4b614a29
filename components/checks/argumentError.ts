import * as pulumi from "@pulumi/pulumi";
import { namedLine } from "./inputNames";
import type { Check, Refusal } from "./refusal";
import { isPending, PLAIN, pendingWherePlain } from "./plainInputs";
import { tagProblems } from "./tags";
import { oneSpelling } from "./spelling";
import { shown } from "./shown";

/** Every problem of one argument object, told at once. Pulumi shows its message without a stack trace. */
export class ArgumentError extends pulumi.RunError {
  /** One line a problem: the input, what was given, what is needed, what to write. */
  readonly problems: readonly string[];

  constructor(component: string, name: string, problems: readonly string[]) {
    const lines = problems.map((problem) => namedLine(component, name, problem));
    super([`${component} "${name}" cannot take its arguments:`, ...lines.map((line) => `  ${line}`)].join("\n"));
    this.name = "ArgumentError";
    this.problems = lines;
  }
}

/** Gathers the problems of one argument object. */
export class Problems {
  readonly #lines: string[] = [];

  constructor(
    private readonly component: string,
    private readonly name: string,
  ) {}

  /** @throws ArgumentError at once for arguments that are pending where only plain values work: no check can read them. */
  requirePlain(args: unknown): void {
    for (const input of pendingWherePlain(this.component, args)) this.refuse(input, pulumi.output(""), PLAIN);
    this.throwIfAny();
  }

  /** Judges a plain value now. */
  check<T>(input: string, value: T, check: Check<T>): void {
    const refusal = isPending(value) ? PLAIN : check(value);
    if (refusal) this.refuse(input, value, refusal);
  }

  /** Judges a plain value now where there is one. */
  checkOptional<T>(input: string, value: T | undefined, check: Check<T>): void {
    if (value !== undefined) this.check(input, value, check);
  }

  /** Judges every element. */
  checkEach<T>(input: string, values: readonly T[] | undefined, check: Check<T>): void {
    values?.forEach((value, index) => {
      this.check(`${input}[${index}]`, value, check);
    });
  }

  /** Judges an input now if it is plain; a pending one is left to {@link onArrival}. */
  checkInput(input: string, value: pulumi.Input<string> | undefined, check: Check): void {
    if (typeof value === "string") this.check(input, value, check);
  }

  /** Refuses what a list has twice, in whatever letter case; a pending element is not looked at. */
  checkDistinct(input: string, values: readonly unknown[] | undefined, needed: string): void {
    const words = (values ?? []).map((value, at) => (typeof value === "string" ? value.toLowerCase() : at));
    words.forEach((word, index) => {
      const first = words.indexOf(word);
      if (first === index) return;
      this.refuse(`${input}[${index}]`, values?.[index], { needed, fix: `It is ${input}[${first}] too; remove one.` });
    });
  }

  /** Judges the number of a list's elements by Azure's limit. */
  checkCount(input: string, values: readonly unknown[] | undefined, most: number, what: string): void {
    if (values === undefined || values.length <= most) return;
    this.refuse(input, values, { needed: `at most ${most} ${what}, not ${values.length}`, fix: "Remove the others." });
  }

  /** Judges tags as far as they are known already. */
  checkTags(input: string, tags: Readonly<Record<string, unknown>> | undefined, longestName?: number): void {
    for (const { name, given, refusal } of tagProblems(tags ?? {}, longestName)) {
      this.refuse(name === undefined ? input : `${input}[${JSON.stringify(name)}]`, given, refusal);
    }
  }

  refuse(input: string, given: unknown, refusal: Refusal): void {
    this.#lines.push(problemLine(input, given, refusal));
  }

  /** @throws ArgumentError with every problem so far, if there is one. */
  throwIfAny(): void {
    if (this.#lines.length > 0) throw new ArgumentError(this.component, this.name, this.#lines);
  }

  /** The input as an output that fails, once it is known, with what {@link check} says of it. */
  onArrival(input: string, value: pulumi.Input<string>, check: Check): pulumi.Output<string> {
    return pulumi.output(value).apply((arrived) => {
      const refusal = check(arrived);
      if (refusal) throw this.late(input, arrived, refusal);
      return arrived;
    });
  }

  /** The same of a GUID or a resource ID, in the one spelling that is handed to Azure. */
  idOnArrival(input: string, value: pulumi.Input<string>, check: Check): pulumi.Output<string> {
    return this.onArrival(input, value, check).apply(oneSpelling);
  }

  /** The error of one problem that came to light after the arguments had been taken. */
  late(input: string, given: unknown, refusal: Refusal): ArgumentError {
    return new ArgumentError(this.component, this.name, [problemLine(input, given, refusal)]);
  }
}

/** One problem in one line. */
export function problemLine(input: string, given: unknown, refusal: Refusal): string {
  return `${input}: got ${shown(given)}; needed ${refusal.needed}. ${refusal.fix}`;
}
