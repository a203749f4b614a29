import { soaking } from "../support/soak";
import { devCensus } from "./support/census";
import { walkWhileLagging } from "./support/laggingWalk";

jest.setTimeout(900_000);

/** Of Azure's own delays: a role takes up to twelve seconds. */
const factor = 0.02;
/** What the real providers do not try again: each run that is not green ends with one of these, and with what to do. */
const unabsorbed = [
  // azure-native, where a role that was just made is assigned.
  'Code="RoleDefinitionDoesNotExist"',
  // azuread, at its first change of a new service principal.
  "Timed out whilst waiting for new service principal to be replicated",
  // azuread, where it does not find what it has just made.
  "expected non-empty ID for new state",
  "Request_ResourceNotFound",
  // azuread, where it gives an application something before Entra ID shows the application.
  "[application_id] Application (",
  // azuread, where the run before has made it and the one that looked for it did not see it yet.
  "If an earlier run failed while creating it, run the same command again in a minute.",
];
const seeds = Array.from({ length: soaking ? 50 : 1 }, (_, index) => index + 1);

describe("a stack whose changes take their time", () => {
  it.each(seeds)(
    "ends as an undisturbed one, each step green or told why and green again, with the seed %d",
    async (seed) => {
      const lag = { profile: "azure", factor } as const;
      const { before, standing, left, reported, refusals } = await walkWhileLagging({
        replication: lag,
        latency: lag,
        seed,
      });
      if (soaking) {
        process.stdout.write(
          `seed ${seed}: ${refusals} requests refused; ${reported.length} runs not green ${JSON.stringify(reported)}\n`,
        );
      }
      for (const told of reported) {
        expect({ told, words: unabsorbed.filter((words) => told.includes(words)) }).not.toMatchObject({ words: [] });
        expect(told).not.toContain("Remedy: none");
      }
      const expected = devCensus(before, 3);
      expect(standing).toEqual({
        ...expected,
        applications: expected.applications.map((application) => ({
          ...application,
          passwords: application.passwords.flatMap((three) => [three, three.replace(/3$/, "4")]),
        })),
      });
      expect(left).toEqual(before);
    },
  );
});
