import { eventsOf, type SoakEvent } from "./events";
import { smallest } from "./shrink";
import { walk } from "./walk";

/** One seed of a soak. */
export interface SeedRequest {
  readonly seed: number;
  readonly days: number;
  /** Numbers of the events that happen. @default all of the seed's */
  readonly only?: readonly number[];
}

/** How a seed ended. */
export interface SeedEnd extends SeedRequest {
  readonly events: number;
  readonly runs: number;
  readonly seconds: number;
  readonly problems: readonly string[];
  /** Of a failed one: the fewest days and events that fail still. */
  readonly small?: { readonly days: number; readonly events: readonly SoakEvent[] };
}

const triesToShrink = 40;

/** Walks through the days of a seed, and makes it small where it fails. */
export async function walkSeed(request: SeedRequest): Promise<SeedEnd> {
  const started = performance.now();
  const { seed, days, only } = request;
  const events = eventsOf(seed, days).filter(({ id }) => only?.includes(id) ?? true);
  const whole = await walk(seed, days, events);
  const end = { ...request, events: events.length, runs: whole.runs, problems: whole.problems };
  const seconds = (): number => Math.round((performance.now() - started) / 1000);
  if (whole.problems.length === 0) return { ...end, seconds: seconds() };
  let lastDays = whole.days;
  const happened = events.filter(({ day }) => day < whole.days);
  const fails = async (some: readonly SoakEvent[]): Promise<boolean> => {
    const again = await walk(seed, lastDays, some);
    if (again.problems.length > 0) lastDays = again.days;
    return again.problems.length > 0;
  };
  const small = await smallest(happened, fails, triesToShrink);
  return { ...end, seconds: seconds(), small: { days: lastDays, events: small } };
}

async function main(request: SeedRequest): Promise<void> {
  process.stdout.write(`${JSON.stringify(await walkSeed(request))}\n`);
}

if (require.main === module) void main(JSON.parse(process.argv[2] ?? "{}") as SeedRequest);
