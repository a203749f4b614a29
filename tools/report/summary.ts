import type { AccessReport } from "./model/schema";

/** What a report holds, in a few lines for the terminal. */
export function summary({ stacks, parties, grants, timeline, policies, reviews }: AccessReport): string[] {
  const daemons = new Set(
    parties.flatMap(({ daemon, stack }) => (daemon === undefined ? [] : [`${stack ?? ""} ${daemon}`])),
  );
  const holding = grants.filter(({ change }) => change !== "loses");
  const changes = reviews.reduce((sum, { access }) => sum + access.changes.length, 0);
  return [
    `${stacks.map(({ id }) => id).join(", ")}: ${counted(daemons.size, "daemon")}, ${counted(holding.length, "grant")}, ${counted(timeline.credentials.length, "credential")}.`,
    ...(reviews.length > 0 ? [`${counted(changes, "access change")} in the preview.`] : []),
    ...(timeline.consents.length > 0 ? [`${counted(timeline.consents.length, "consent")} pending.`] : []),
    ...(policies === null ? ["The policies were not run: --preview runs them."] : []),
  ];
}

const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;
