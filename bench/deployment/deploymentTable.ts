import { markdownTable, median, megabytes, milliseconds, ratio } from "../report/table";
import { measure } from "./life";
import { type DeploymentCost, type Operation, operations } from "./operation";

/**
 * How many daemons, and how often: the larger the run, the less it wavers. The larger ones take long, nearly all of it on
 * one core, so there both programs run at the same time, on a core each.
 */
const sizes = [
  { daemons: 1, runs: 3, together: false },
  { daemons: 10, runs: 3, together: true },
  { daemons: 100, runs: 1, together: true },
] as const;

/** Deployments of 1, 10 and 100 daemons through DaemonAccess, beside the same resources written by hand. */
export async function deploymentTables(progress: (line: string) => void): Promise<string> {
  const tables: string[] = [];
  for (const { daemons, runs, together } of sizes) {
    const floor: DeploymentCost[] = [];
    const ours: DeploymentCost[] = [];
    for (let run = 0; run < runs; run += 1) {
      progress(
        `deploying ${daemons} daemon${daemons === 1 ? "" : "s"}, by hand and through DaemonAccess (${run + 1} of ${runs})`,
      );
      const byHand = measure({ program: "hand-written", daemons });
      if (!together) await byHand;
      const throughUs = measure({ program: "DaemonAccess", daemons });
      floor.push(await byHand);
      ours.push(await throughUs);
    }
    tables.push(table(daemons, runs, floor, ours));
  }
  return tables.join("\n\n");
}

function table(daemons: number, runs: number, floor: DeploymentCost[], ours: DeploymentCost[]): string {
  const title = `${daemons} daemon${daemons === 1 ? "" : "s"}, ${runs === 1 ? "one run" : `median of ${runs} runs`}`;
  return markdownTable(
    [title, "hand-written", "DaemonAccess", "ratio"],
    [
      ...operations.flatMap((operation) => [
        row(`${operation}: wall`, milliseconds, floor, ours, (cost) => cost.operations[operation].wall),
        row(`${operation}: CPU`, milliseconds, floor, ours, (cost) => cost.operations[operation].cpu),
        row(`${operation}: requests to Azure`, String, floor, ours, requestsOf(operation)),
      ]),
      row("peak memory", megabytes, floor, ours, ({ peakMemory }) => peakMemory),
      row("resources in the state", String, floor, ours, ({ resources }) => resources),
      row("state file", megabytes, floor, ours, ({ stateBytes }) => stateBytes),
    ],
  );
}

const requestsOf =
  (operation: Operation) =>
  (cost: DeploymentCost): number =>
    cost.operations[operation].requests;

function row(
  title: string,
  format: (value: number) => string,
  floor: DeploymentCost[],
  ours: DeploymentCost[],
  figure: (cost: DeploymentCost) => number,
): string[] {
  const [low, high] = [median(floor.map(figure)), median(ours.map(figure))];
  return [title, format(low), format(high), ratio(high, low)];
}
