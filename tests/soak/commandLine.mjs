const longest = 36_500;
const largestSeed = 2 ** 32 - 1;

export const help = `Usage: npm run soak -- [options] [test files]

Without an option: the tests that go further in a soak, or those that are
named. The two years of daily runs are walked day by day, every setting of a
deployed stack is changed and changed back, every client program loses what it
needs, the packed packages are installed and used elsewhere, the crash harness
kills the engine, its driver and local Azure at every step, and a run meets each
fault scenario.

  --short             only those of them that take minutes

With one of these options: simulated days of rotation, changes of the
configuration, leaks, drift, faults of Azure and kills of the engine, with
checks after each run and sign-ins of the daemons every day.

  --days <number>     how many days (default: 730)
  --seed <number>     what every random choice follows from (default: 1)
  --seeds <number>    how many seeds, from --seed on, side by side (default: 1)
  --only <numbers>    only these of the seed's events, with commas between
                      them; none: --only=
  -h, --help          say what there is

A failing seed is made small, to the fewest days and events that still fail,
and printed with the command that repeats it.

Exit code: 0 every seed passed; 1 one failed; 2 wrong arguments.`;

/** The walks that the options ask for. @throws Error that says which option is wrong */
export function requestsOf({ days = "730", seed = "1", seeds = "1", only }) {
  const firstSeed = whole("--seed", seed, 0, largestSeed);
  const count = whole("--seeds", seeds, 1, 10_000);
  const events = only === undefined ? {} : { only: numbersIn(only) };
  const length = whole("--days", days, 1, longest);
  return Array.from({ length: count }, (_, index) => ({ seed: firstSeed + index, days: length, ...events }));
}

const numbersIn = (text) =>
  text
    .split(",")
    .filter((each) => each !== "")
    .map((each) => whole("--only", each, 0, 1_000_000));

function whole(option, text, least, most) {
  const value = Number(text);
  if (text.trim() === "" || !Number.isInteger(value) || value < least || value > most) {
    throw new Error(`${option}: got "${text}"; give a whole number from ${least} to ${most}.`);
  }
  return value;
}

/** How a seed ended, for people. */
export function told({ seed, days, events, runs, seconds, problems, small }) {
  if (problems.length === 0)
    return `Seed ${seed}: ${days} days, ${events} events, ${runs} runs: passed in ${seconds} s.`;
  const lines = [`Seed ${seed} failed:`, ...problems.map((problem) => `  ${problem}`)];
  if (small !== undefined) {
    const ids = small.events.map(({ id }) => id).join(",");
    lines.push(
      `  Small: ${small.days} days, ${small.events.length} events. Repeat it:`,
      `  npm run soak -- --seed ${seed} --days ${small.days} --only=${ids}`,
      ...small.events.map((event) => `    ${JSON.stringify(event)}`),
    );
  }
  return lines.join("\n");
}
