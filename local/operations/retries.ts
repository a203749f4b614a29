import { polling, registration, resourceManagerRule, signInRule, vaultRule } from "../providers/azureNative/retryRules";
import {
  callRules,
  graphRule,
  longestBetweenReads,
  signInRule as azureadSignInRule,
  visibilityRules,
  type VisibilityRule,
} from "../providers/azuread/retryRules";
import type { CallRule, ProviderRule, RepeatedAnswer, Statuses, Waits } from "../providers/rest/retryRule";

type Row = readonly [provider: string, calls: string, repeats: string, waits: string, times: string, source: string];

/** Operations of these lengths show how often a client sends that counts by them, minutes. */
const lengths = [5, 10, 15];

/** How the stand-in providers repeat calls, as their rules have it. */
export function retriesTable(): string {
  const clients = [resourceManagerRule, vaultRule, signInRule, graphRule, azureadSignInRule];
  const rows: readonly Row[] = [
    ...clients.map(clientRow),
    ...callRules.map(callRow),
    registrationRow(),
    ...(["PUT", "DELETE"] as const).map(pollingRow),
    ...visibilityRules.map(visibilityRow),
  ];
  const head: Row = ["provider", "calls", "repeats", "waits", "times", "source"];
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function clientRow(rule: ProviderRule): Row {
  const { provider, calls, statuses, butNot = [], answers = [], unanswered, attempts, waits, source } = rule;
  const excepted = butNot.length === 0 ? "" : ` but ${butNot.join(", ")}`;
  const repeats = [`${statusesOf(statuses)}${excepted}`, ...answers.map(answerOf), `no answer: ${unanswered}`];
  const times =
    typeof attempts === "number"
      ? String(attempts)
      : lengths.map((minutes) => `${attempts(minutes * 60_000)} in ${minutes} min`).join(", ");
  return [provider, calls, repeats.join("; "), waitsOf(waits), times, code(source)];
}

const callRow = ({ provider, calls, answers, source }: CallRule): Row => [
  provider,
  calls,
  answers.map(answerOf).join("; "),
  "as every call",
  "as every call",
  code(source),
];

const registrationRow = (): Row => [
  "azure-native",
  "calls of a resource provider that is not registered",
  `409 ${registration.codes.map(code).join(", ")}, once it is registered`,
  `looks at the registration every ${inSeconds(registration.interval)}, for ${inSeconds(registration.patience)}`,
  String(registration.attempts),
  code(registration.source),
];

const pollingRow = (method: "PUT" | "DELETE"): Row => [
  "azure-native",
  method === "PUT" ? "looks at the end of a creation or an update" : "looks at the end of a deletion",
  "until the service tells the end",
  `at once, or after the time that the first answer states; then ${inSeconds(polling[method])} where an answer states none`,
  "without end",
  code(polling.source),
];

function visibilityRow({ calls, reads, inARow, shortest, missing, source }: VisibilityRule): Row {
  const count = reads === 1 ? "one read shows it" : `${reads} reads${inARow ? " in a row" : ""} show it`;
  const waits = `${inSeconds(shortest)}, doubling to ${inSeconds(longestBetweenReads)} until the first one does`;
  const times = missing === undefined ? "the operation's time" : `fails after ${missing + 1} reads in a row without it`;
  return ["azuread", `reads of ${calls}`, `until ${count}`, waits, times, code(source)];
}

const statusesOf = (statuses: Statuses): string =>
  statuses.map((each) => (typeof each === "number" ? String(each) : `${each[0]}–${each[1]}`)).join(", ");

function answerOf({ status, code: name, message }: RepeatedAnswer): string {
  const text = message?.source.replaceAll("\\", "").replaceAll(".+", "…");
  return [String(status), name && code(name), text && `“${text}”`].filter(Boolean).join(" ");
}

function waitsOf({ headers, reads, first, growth, longest, refusesLonger }: Waits): string {
  const stated = `${headers.map(code).join(", ")} (${reads})`;
  const own = growth === "doubling" ? [1, 2, 4] : [1, 3, 7];
  const times = own.map((factor) => inSeconds(Math.min(first * factor, longest))).join(", ");
  const more = `${times} …, ${inSeconds(longest)} at most`;
  return `${stated}; else ${more}${refusesLonger ? "; a longer stated wait ends the attempts" : ""}`;
}

const inSeconds = (milliseconds: number): string => `${milliseconds / 1000} s`;

const code = (text: string): string => `\`${text}\``;
