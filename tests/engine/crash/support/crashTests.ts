import { Starts, type OperationName } from "./operations";
import { stepsOf, stepThrough, undisturbed, type Undisturbed } from "./stepping";
import type { Victim } from "./victims";

/** Outside of a soak: of each operation the requests at which the next run has most to find out. */
export type Sample = Partial<Record<OperationName, readonly RegExp[]>>;

const names = ["up", "rotation", "adoption", "destroy"] as const;

/** Declares the tests that kill some victims at the steps of every operation. */
export function crashTests(samples: Readonly<Partial<Record<Victim, Sample>>>, soaking: boolean): void {
  jest.setTimeout(4 * 3_600_000);
  const starts = new Starts();
  const runs = new Map<OperationName, Promise<Undisturbed>>();
  const undisturbedRun = (name: OperationName): Promise<Undisturbed> => {
    const run = runs.get(name) ?? undisturbed(starts, name);
    runs.set(name, run);
    return run;
  };

  afterAll(() => starts.remove());

  const cases = Object.entries(samples).flatMap(([victim, sample]) =>
    names
      .filter((name) => soaking || sample[name] !== undefined)
      .map((name) => [victim as Victim, name, sample[name] ?? []] as const),
  );
  it.each(cases)(
    "after a kill -9 of %s at a step of %s the same command ends as an undisturbed one",
    async (victim, name, kinds) => {
      const run = await undisturbedRun(name);
      const steps = stepsOf(run, kinds);
      const { tried, problems } = await stepThrough(starts, name, victim, run, steps);
      process.stdout.write(`${name}, kill -9 of ${victim}: ${tried} of ${steps.length} steps tried\n`);
      expect(problems).toEqual([]);
      // A sampled step is one that every run comes to.
      if (!soaking) expect(tried).toBe(steps.length);
    },
  );
}
