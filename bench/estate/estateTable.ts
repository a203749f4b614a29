import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { markdownTable, megabytes, milliseconds } from "../report/table";
import { type Layout, teamSize } from "./estateProject";
import { type EstateCost, type Operation, operations, runEstate } from "./estateRun";
import { goalTable } from "./goals";
import { untilInterrupted } from "./interruption";
import type { Measured } from "./measured";

/** The larger ones take twenty minutes, so they are left for a run of this part alone. */
const sizes = { alone: [10, teamSize, 100, 300, 1000], amongOthers: [10, teamSize] } as const;

/** How long a command on one stack may take, and a command on an estate, in milliseconds. */
const longest: Readonly<Record<Layout, number>> = { "one stack": 300_000, estate: 3_600_000 };

interface EstateOptions {
  readonly progress: (line: string) => void;
  readonly place: keyof typeof sizes;
  /** Numbers of daemons. @default those of the place */
  readonly daemons?: readonly number[] | undefined;
}

/** Daemons in one stack, and in an estate of stacks of {@link teamSize}, each deployed by `daemon-access estate up`. */
export function estateTables({ progress, place, daemons = sizes[place] }: EstateOptions): Promise<string> {
  return untilInterrupted(async (signal) => {
    const directory = mkdtempSync(join(tmpdir(), "bench-estate-"));
    const temporary = join(directory, "temporary");
    mkdirSync(temporary);
    try {
      const measured: Measured[] = [];
      for (const number of daemons) {
        for (const layout of ["one stack", "estate"] as const) {
          const costs = await runEstate({
            layout,
            daemons: number,
            perTeam: teamSize,
            operations: operationsOn(layout),
            longest: longest[layout],
            directory: join(directory, `${layout}-${number}`),
            temporary,
            signal,
            progress,
          });
          measured.push({ layout, daemons: number, costs });
        }
      }
      return [costTable(measured), ...goalTable(measured)].join("\n\n");
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
}

/** In one stack there is no team to change. */
const operationsOn = (layout: Layout): Operation[] =>
  (Object.keys(operations) as Operation[]).filter((each) => layout === "estate" || !each.includes("team"));

/** A row for each command. One that was ended before its time has no figures but why. */
export function costTable(measured: readonly Measured[]): string {
  return markdownTable(
    ["daemons, one run", "wall", "CPU", "peak memory", "requests", "state written"],
    measured.flatMap(({ layout, daemons, costs }) =>
      costs.map((cost) => [`${daemons}, ${placeOf(layout, daemons)}: ${cost.operation}`, ...figures(layout, cost)]),
    ),
  );
}

const placeOf = (layout: Layout, daemons: number): string => {
  if (layout === "one stack") return layout;
  const teams = Math.ceil(daemons / teamSize);
  return `platform and ${teams} team${teams === 1 ? "" : "s"}`;
};

const figures = (layout: Layout, { end, wall, cpu, memory, requests, stateBytes }: EstateCost): string[] =>
  end !== "done"
    ? [end === "cut off" ? `over ${longest[layout] / 1000} s` : end, "-", "-", "-", "-"]
    : [milliseconds(wall), milliseconds(cpu), megabytes(memory), String(requests), megabytes(stateBytes)];
