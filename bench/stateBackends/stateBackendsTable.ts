import { markdownTable, median, megabytes, milliseconds } from "../report/table";
import { measureRun } from "./measureRun";
import type { RunResult } from "./run";
import { variants } from "./variant";

/** How many daemons, and how often. */
const sizes = [
  { daemons: 10, runs: 3 },
  { daemons: 25, runs: 1 },
] as const;

const killedDaemons = 10;

/** The first update of the same stack on each state backend, and what the state knows after a kill in its middle. */
export async function stateBackendsTables(progress: (line: string) => void): Promise<string> {
  const tables: string[] = [];
  for (const { daemons, runs } of sizes) tables.push(await costTable(daemons, runs, progress));
  return [...tables, await knowledgeTable(progress)].join("\n\n");
}

async function costTable(daemons: number, runs: number, progress: (line: string) => void): Promise<string> {
  const title = `up of ${daemons} daemons, ${runs === 1 ? "one run" : `median of ${runs} runs`}`;
  const rows: string[][] = [];
  for (const { name, backend } of variants) {
    progress(`deploying ${daemons} daemons on ${name}`);
    const results: RunResult[] = [];
    for (let run = 0; run < runs; run += 1) results.push(await measureRun({ variant: name, daemons }));
    const middle = (figure: (result: RunResult) => number): number => median(results.map(figure));
    rows.push([
      name,
      milliseconds(middle(({ wall }) => wall)),
      milliseconds(middle(({ cpu }) => cpu)),
      backend === "file" ? "---" : String(middle(({ requests }) => requests)),
      megabytes(middle(({ bytesWritten }) => bytesWritten)),
    ]);
  }
  return markdownTable([title, "wall", "CPU", "requests to the account", "written"], rows);
}

async function knowledgeTable(progress: (line: string) => void): Promise<string> {
  const rows: string[][] = [];
  for (const { name } of variants) {
    progress(`killing an update on ${name}`);
    const { known } = await measureRun({ variant: name, daemons: killedDaemons, isKilled: true });
    rows.push([name, String(known.inState), String(known.pending), String(known.unknown)]);
  }
  const header = ["made in Azure before kill -9", "in the state", "as unfinished operation", "unknown to the state"];
  return markdownTable(header, rows);
}
