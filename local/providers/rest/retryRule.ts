import type { HttpResponse } from "./connection";

/** A header in which a service states a wait. */
export type WaitHeader = "retry-after-ms" | "x-ms-retry-after-ms" | "retry-after";

/** How long a client waits before it sends a request again. Times are in milliseconds. */
export interface Waits {
  /** The headers that it reads, the first that states a wait counts. */
  readonly headers: readonly WaitHeader[];
  /** Whether a date in `Retry-After`, and a wait of nothing, count as stated. */
  readonly reads: "numbers and dates above nothing" | "whole seconds";
  /** Before the second attempt, where the answer states no wait. */
  readonly first: number;
  /** The wait before attempt n + 1: first · 2^(n-1), or first · (2^n - 1). */
  readonly growth: "doubling" | "doubling plus first";
  readonly longest: number;
  /** Whether a stated wait beyond the longest ends the attempts. */
  readonly refusesLonger: boolean;
}

/** An answer that is repeated, by its status and what its error says. */
export interface RepeatedAnswer {
  readonly status: number;
  /** The error's code. */
  readonly code?: string;
  /** The error's message. */
  readonly message?: RegExp;
}

/** A status, or a range with both its ends. */
export type Statuses = readonly (number | readonly [from: number, to: number])[];

/** How a client repeats its requests, whatever they are. */
export interface ClientRule {
  readonly statuses: Statuses;
  readonly butNot?: readonly number[];
  readonly answers?: readonly RepeatedAnswer[];
  /** Which requests are sent again where no answer comes. */
  readonly unanswered: "every request" | "GET and HEAD";
  /** How often a request is sent in all; some clients count by the operation's timeout, in milliseconds. */
  readonly attempts: number | ((timeout: number) => number);
  readonly waits: Waits;
}

/** A rule that a real provider has. */
export interface Sourced {
  readonly provider: "azure-native" | "azuread";
  /** Which calls it is about. */
  readonly calls: string;
  /** Where the real provider has it: `<repository> <path>`. */
  readonly source: string;
}

export type ProviderRule = ClientRule & Sourced;

/** What one kind of call repeats besides. */
export interface CallRule extends Sourced {
  readonly answers: readonly RepeatedAnswer[];
}

/** A service's error, as the rules look at it. */
export interface AnsweredError {
  readonly code: string;
  readonly message: string;
}

/** Whether a rule repeats an answer. @param errorOf reads the service's own envelope */
export function repeats(
  rule: Pick<ClientRule, "statuses" | "butNot" | "answers">,
  response: HttpResponse,
  errorOf: (response: HttpResponse) => AnsweredError,
): boolean {
  const { status } = response;
  const listed = rule.statuses.some((each) =>
    typeof each === "number" ? each === status : each[0] <= status && status <= each[1],
  );
  return (listed && rule.butNot?.includes(status) !== true) || repeatsAnswer(rule.answers, response, errorOf);
}

export function repeatsAnswer(
  answers: readonly RepeatedAnswer[] | undefined,
  response: HttpResponse,
  errorOf: (response: HttpResponse) => AnsweredError,
): boolean {
  return (answers ?? []).some(({ status, code, message }) => {
    if (status !== response.status) return false;
    const error = errorOf(response);
    return (code === undefined || error.code === code) && (message?.test(error.message) ?? true);
  });
}
