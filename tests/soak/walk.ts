import type { SoakEvent } from "./events";
import { World } from "./world";

/** How a walk ended: at its first day with a problem, or at its last day. */
export interface Walk {
  readonly days: number;
  readonly runs: number;
  readonly problems: readonly string[];
}

/** Lives through days with their events, until the first problem. */
export async function walk(seed: number, days: number, events: readonly SoakEvent[]): Promise<Walk> {
  const world = await World.open(seed);
  let problems: string[] = [];
  let day = 0;
  try {
    for (; day < days && problems.length === 0; day += 1) {
      const today = events.filter((event) => event.day === day);
      problems = (await world.live(day, today)).map((problem) => `day ${day}: ${problem}`);
    }
  } catch (error) {
    problems = [`day ${day}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`];
    day += 1;
  }
  const leaked = (await world.end()).map((leak) => `a secret in plain text: ${leak}`);
  return { days: day, runs: world.runs, problems: [...problems, ...leaked] };
}
