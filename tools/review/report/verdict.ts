import type { Report } from "./schema";

/** What a review may be told to stop for, besides violations and failures. */
export const stops = ["access", "risk", "data", "advisory"] as const;
export type Stop = (typeof stops)[number];

export const exitCodes = {
  ok: 0,
  /** A mandatory violation, or the preview failed. */
  failed: 1,
  /** Wrong arguments: nothing was previewed. */
  usage: 2,
  /** Something that --fail-on names: a person decides, for example by a label. */
  decision: 3,
} as const;

type Judged = Omit<Report, "verdict">;

/** What a review comes to, and the exit code for it. */
export function verdictOf(report: Judged, failOn: readonly Stop[]): Report["verdict"] {
  const found = findings(report);
  const { mandatory } = report.policies;
  const reasons = [
    ...(report.preview.ok ? [] : ["the preview failed"]),
    ...(mandatory.length > 0 ? [counted(mandatory.length, "mandatory violation")] : []),
    ...found.filter(({ count }) => count > 0).map(({ count, word }) => counted(count, word)),
  ];
  const touched = (stop: Stop): boolean => found.some((each) => each.stop === stop && each.count > 0);
  // A violation makes the engine fail the preview, so it is asked for first.
  const level =
    mandatory.length > 0
      ? "violation"
      : !report.preview.ok
        ? "failed"
        : touched("access") || touched("risk") || touched("data")
          ? "decision"
          : touched("advisory")
            ? "advisory"
            : "nothing";
  const exitCode =
    level === "violation" || level === "failed"
      ? exitCodes.failed
      : failOn.some(touched)
        ? exitCodes.decision
        : exitCodes.ok;
  return { level, exitCode, reasons };
}

function findings({ access, risks, dataLoss, policies }: Judged): { stop: Stop; count: number; word: string }[] {
  return [
    { stop: "access", count: access.changes.length, word: "access change" },
    { stop: "risk", count: risks.length, word: "risk" },
    { stop: "data", count: dataLoss.length, word: "data loss" },
    { stop: "advisory", count: policies.advisory.length, word: "advisory finding" },
  ];
}

const counted = (count: number, word: string): string =>
  `${count} ${word}${count === 1 ? "" : word.endsWith("s") ? "es" : "s"}`;
