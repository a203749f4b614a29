import type { AzureRequest, AzureResponse } from "../../http/message";
import type { Call } from "../call";

/** What happens to a request that a fault hits. */
export type Effect =
  | { readonly kind: "answer"; readonly response: AzureResponse; readonly code?: string }
  /** The connection ends before the service acts. */
  | { readonly kind: "reset" }
  /** No answer ever comes. */
  | { readonly kind: "silence" }
  /** The service acts, and the connection ends in place of its answer. */
  | { readonly kind: "lost" }
  /** The service acts, and the connection ends amid the body. */
  | { readonly kind: "half" }
  | { readonly kind: "slow"; readonly ms: number }
  /** A JSON merge patch to the body of the service's own answer. */
  | { readonly kind: "merge"; readonly patch: unknown }
  | { readonly kind: "delay" };

/** Whose rule injected something. */
export interface InjectedBy {
  readonly scenario: string;
  /** The rule's name, or its number from 1. */
  readonly rule: string;
}

/** What a request is hit by. */
export interface Injection {
  readonly by: InjectedBy;
  readonly effect: Effect;
  /** Milliseconds to wait first. */
  readonly delayMs: number;
}

/** A rule at work: it keeps count of the requests that it has seen. */
export interface ArmedRule {
  /** What hits this call; undefined lets the next rule have it. */
  take(call: Call): Injection | undefined;
  /** Whether it hits nothing any more. */
  readonly isSpent: boolean;
}

/** A misbehaviour that code injects: which requests it hits, what they get, and how often. */
export interface Fault {
  readonly matches: (request: AzureRequest) => boolean;
  /**
   * The answer instead of the service's own; "drop" lets the service act and loses the answer, "reset" ends the connection before
   * the service acts, "silence" never answers.
   */
  readonly answer: AzureResponse | "drop" | "reset" | "silence";
  /** How many requests it hits. @default 1 */
  readonly times?: number;
}

/** What the log calls the scenario of a fault that code has added. */
export const codeScenario = "code";

export function armedFault(fault: Fault, rule: string): ArmedRule {
  let left = fault.times ?? 1;
  return {
    take: ({ request }) => {
      if (left === 0 || !fault.matches(request)) return undefined;
      left -= 1;
      return { by: { scenario: codeScenario, rule }, effect: effectOf(fault.answer), delayMs: 0 };
    },
    get isSpent() {
      return left === 0;
    },
  };
}

function effectOf(answer: Fault["answer"]): Effect {
  switch (answer) {
    case "drop":
      return { kind: "lost" };
    case "reset":
    case "silence":
      return { kind: answer };
    default:
      return { kind: "answer", response: answer };
  }
}
