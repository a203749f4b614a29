import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import fc from "fast-check";
import { soaking } from "../../support/soak";
import type { Trial, TrialEnd } from "./support/runFaults";
import { typeScriptOptions } from "../../support/typeScriptOptions";

const runs = Number(process.env["SOAK_RUNS"] ?? (soaking ? 60 : 2));
/** Of one run, with every repeat of a request that nobody answers; the machine may be busy. */
const secondsEach = 60;
/** Of what stands already, and of a hand-written program. */
const otherRuns = Math.ceil(runs / 2);
jest.setTimeout((runs + otherRuns + 7) * secondsEach * 1000);

const elsewhere = "/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/rg/providers";
const unanswered = /no answer|other side closed|socket|terminated|ECONNRESET/i;

const adopted = {
  name: "report-mailer",
  existing: { clientId: "11111111-2222-4333-8444-555555555555" },
  secret: { rotation: { startsAt: "2026-01-01T00:00:00Z" } },
};

/** Settings that are refused when a look-up or a check comes to them, each with what names the cause. */
const wrong: readonly (readonly [setting: string, cause: RegExp])[] = [
  [`vault={"existing":{"vaultId":"${elsewhere}/Microsoft.KeyVault/vaults/kv-other"}}`, /11111111-/],
  [`lake={"existing":{"accountId":"${elsewhere}/Microsoft.Storage/storageAccounts/stother"}}`, /11111111-/],
  ["azuread:tenantId=11111111-2222-4333-8444-555555555555", /AADSTS90002/],
  [`daemons[1]=${JSON.stringify(adopted)}`, /existing\.clientId: got "11111111-/],
];

const fault: fc.Arbitrary<Trial["fault"]> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(400, 401, 403, 404, 409, 429, 500, 503) },
  { weight: 2, arbitrary: fc.constant("drop" as const) },
  { weight: 1, arbitrary: fc.constant("silence" as const) },
);

const faulty: fc.Arbitrary<Trial> = fc.record({
  operation: fc.constantFrom("preview", "up", "up"),
  program: fc.constant("own"),
  request: fc.nat({ max: 70 }),
  fault,
  settings: fc.constant([]),
});

/** Of what stands already, and of a program of somebody else's, whose runs are shorter. */
const otherwiseFaulty: fc.Arbitrary<Trial> = fc.oneof(
  fc.record({
    operation: fc.constantFrom("refresh", "destroy", "destroy"),
    program: fc.constantFrom("own", "foreign"),
    request: fc.nat({ max: 40 }),
    fault,
    settings: fc.constant([]),
  }),
  fc.record({
    operation: fc.constantFrom("preview", "up"),
    program: fc.constant("foreign"),
    request: fc.nat({ max: 25 }),
    fault,
    settings: fc.constant([]),
  }),
);

const seed = Number(process.env["SOAK_SEED"] ?? (soaking ? Date.now() % 2 ** 31 : 20));
const noFault = { request: -1, fault: 403 } as const;

/** Every run, by what is expected of it. */
const groups = {
  own: fc.sample(faulty, { numRuns: runs, seed }),
  otherwise: fc.sample(otherwiseFaulty, { numRuns: otherRuns, seed }),
  refusedSignIn: [{ operation: "up", program: "own", request: 0, fault: 401, settings: [] }],
  destroys: [
    { ...noFault, operation: "destroy", program: "foreign", settings: [] },
    { ...noFault, operation: "destroy", program: "protected", settings: [] },
  ],
  wrongSettings: wrong.map(([setting], index): Trial => {
    return { ...noFault, operation: index % 2 === 0 ? "preview" : "up", program: "own", settings: [setting] };
  }),
} satisfies Record<string, readonly Trial[]>;

let endsOf: Readonly<Record<keyof typeof groups, readonly TrialEnd[]>>;

/** In one process, which loads the programs and the stand-ins once. */
beforeAll(async () => {
  const trials: readonly Trial[] = Object.values(groups).flat();
  const args = [...typeScriptOptions, join(__dirname, "support", "runFaults.ts"), JSON.stringify(trials)];
  const limits = { timeout: trials.length * secondsEach * 1000, maxBuffer: 2 ** 26 };
  const { stdout } = await promisify(execFile)(process.execPath, args, limits);
  const ended = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as TrialEnd);
  expect(ended).toHaveLength(trials.length);
  const entries = Object.entries(groups).map(([name, group]) => [name, ended.splice(0, group.length)]);
  endsOf = Object.fromEntries(entries) as typeof endsOf;
});

/** What every run has to do, whatever it is faced with. */
function expectCleanEnd({ errors, seconds, left, trial }: TrialEnd): void {
  expect({ trial, left }).toEqual({ trial, left: { locks: 0, engines: 0 } });
  expect(errors.join("\n")).not.toMatch(/<ref \*|^\s+at /m);
  expect(seconds).toBeLessThan(secondsEach);
}

it.each([
  ["a run", "own"],
  ["a refresh, a destroy or a hand-written program's run", "otherwise"],
] as const)(
  "ends with the cause where any request of %s, and each one like it, is refused, fails, or has no answer",
  (_what, group) => {
    expect(endsOf[group]).toHaveLength(groups[group].length);
    for (const end of endsOf[group]) {
      expectCleanEnd(end);
      const { trial, ok, hit, errors } = end;
      const about = { seed, trial, hit, errors };
      if (hit === undefined) {
        expect({ ...about, ok }).toEqual({ ...about, ok: true });
      } else if (!(ok && hit.startsWith("GET ")) && trial.fault !== 404) {
        // A provider may do without a read that is refused. Whatever changes something has to be told.
        const cause = typeof trial.fault === "number" ? /InjectedFault/ : unanswered;
        expect({ ...about, ok, told: cause.test(errors.join("\n")) }).toEqual({ ...about, ok: false, told: true });
      } else if (!ok) {
        // What is not there may be what is to be made, or be told in the provider's own words.
        expect(errors).not.toEqual([]);
      }
    }
  },
);

it("ends with the cause, and has changed nothing, where the deployer's sign-in is refused", () => {
  const [end] = endsOf.refusedSignIn;
  if (end === undefined) throw new Error("the run told nothing");
  expectCleanEnd(end);
  // The first request of all: no other has been sent.
  expect(end.hit).toMatch(/^POST login\.microsoftonline\.com\/.+\/oauth2\/v2\.0\/token$/);
  expect(end.ok).toBe(false);
  expect(end.errors.join("\n")).toMatch(/InjectedFault/);
});

it("tells what a destroy leaves in Azure, and what it may not delete", () => {
  const [whole, guarded] = endsOf.destroys;
  if (whole === undefined || guarded === undefined) throw new Error("a run told nothing");
  [whole, guarded].forEach(expectCleanEnd);
  expect(whole.ok).toBe(true);
  expect(whole.steps).toEqual(expect.arrayContaining(["retain mailer", "delete kv-mailer"]));
  expect(guarded.ok).toBe(false);
  expect(guarded.errors.join("\n")).toMatch(/kv-mailer.*protected/s);
});

it("ends with the cause where a setting is refused by what is looked up", () => {
  expect(endsOf.wrongSettings).toHaveLength(wrong.length);
  endsOf.wrongSettings.forEach((end, index) => {
    expectCleanEnd(end);
    const [setting, cause = /./] = wrong[index] ?? [];
    const told = cause.test(end.errors.join("\n"));
    expect({ setting, errors: end.errors, ok: end.ok, told }).toEqual({
      setting,
      errors: end.errors,
      ok: false,
      told: true,
    });
  });
});
