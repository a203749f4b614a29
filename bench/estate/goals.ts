import { markdownTable, milliseconds, ratio } from "../report/table";
import { teamSize } from "./estateProject";
import type { EstateCost, Operation } from "./estateRun";
import type { Measured } from "./measured";

const LARGEST = 1000;

/** The longest that a command on the largest estate is to take, in milliseconds, on two cores. */
const goals: Readonly<Record<Operation, number>> = {
  up: 720_000,
  "up, no change": 360_000,
  "up --changed-since, one team changed": 10_000,
};

/** The most that a daemon of the largest estate is to cost, against one of a single team's. */
const mostPerDaemon = 1.3;

/** The estate's goals beside what was measured; no table where the largest estate was not. */
export function goalTable(measured: readonly Measured[]): readonly string[] {
  const costOf = (daemons: number, operation: Operation): EstateCost | undefined =>
    measured
      .find((each) => each.layout === "estate" && each.daemons === daemons)
      ?.costs.find((cost) => cost.operation === operation);
  const perDaemon = (["up", "up, no change"] as const).flatMap((operation) => {
    const [large, small] = [costOf(LARGEST, operation), costOf(teamSize, operation)];
    if (large === undefined || small === undefined) return [];
    return (["cpu", "wall"] as const).map((figure) => {
      const [most, least] = [large[figure] / LARGEST, small[figure] / teamSize];
      const title = `${operation}: ${figure === "cpu" ? "CPU" : "wall"} per daemon, ${LARGEST} daemons against ${teamSize}`;
      return [title, `${mostPerDaemon}x`, ratio(most, least), metOrNot(most <= least * mostPerDaemon)];
    });
  });
  const times = (Object.keys(goals) as Operation[]).flatMap((operation) => {
    const cost = costOf(LARGEST, operation);
    if (cost === undefined) return [];
    const isMet = cost.end === "done" && cost.wall <= goals[operation];
    return [
      [`${LARGEST} daemons: ${operation}`, milliseconds(goals[operation]), milliseconds(cost.wall), metOrNot(isMet)],
    ];
  });
  const rows = [...times, ...perDaemon];
  return rows.length === 0 ? [] : [markdownTable(["goal of an estate", "at most", "measured", "met"], rows)];
}

const metOrNot = (isMet: boolean): string => (isMet ? "yes" : "no");
