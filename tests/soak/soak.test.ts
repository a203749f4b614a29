import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { join } from "node:path";
import { eventsOf } from "./events";
import { smallest } from "./shrink";

jest.setTimeout(600_000);

const root = join(__dirname, "..", "..");
const soak = promisify(execFile);

it("lives through 60 days with two seeds", async () => {
  const { stdout } = await soak(process.execPath, ["tests/soak.mjs", "--days", "60", "--seed", "15", "--seeds", "2"], {
    cwd: root,
  });
  expect(stdout).toMatch(/^Seed 15: 60 days, [1-9]\d* events, \d+ runs: passed in \d+ s\.$/m);
  expect(stdout).toMatch(/\n2 of 2 seeds passed\.\n$/);
});

it("draws the same events from a seed each time, and a longer walk begins with them", () => {
  const short = eventsOf(7, 200);
  expect(short).toEqual(eventsOf(7, 200));
  expect(eventsOf(7, 730).slice(0, short.length)).toEqual(short);
  expect(eventsOf(8, 200)).not.toEqual(short);
  expect(short.length).toBeGreaterThan(3);
});

it("has every kind of event in twenty seeds of two years", () => {
  const kinds = Array.from({ length: 20 }, (_, seed) => eventsOf(seed + 1, 730)).flat();
  expect([...new Set(kinds.map(({ kind }) => kind))].sort()).toEqual([
    "addDaemon",
    "changePermissions",
    "changeRole",
    "drift",
    "fault",
    "idleRun",
    "kill",
    "leak",
    "removeDaemon",
    "restart",
    "scenario",
  ]);
});

it("makes a failing list small", async () => {
  const items = Array.from({ length: 40 }, (_, index) => index);
  const fails = (some: readonly number[]): Promise<boolean> => Promise.resolve(some.includes(7) && some.includes(31));
  expect(await smallest(items, fails, 200)).toEqual([7, 31]);
  expect(await smallest(items, () => Promise.resolve(true), 200)).toEqual([]);
});

it.each([
  [["--days", "0"], '--days: got "0"; give a whole number from 1 to 36500.\n'],
  [["--seed", "x"], '--seed: got "x"; give a whole number from 0 to 4294967295.\n'],
])("refuses %j", async (args, told) => {
  const refused = soak(process.execPath, ["tests/soak.mjs", ...args], { cwd: root });
  await expect(refused).rejects.toMatchObject({ code: 2, stderr: told });
});
