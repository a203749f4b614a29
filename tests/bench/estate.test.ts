import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { changeOneTeam, layOutProject } from "../../bench/estate/estateProject";
import type { EstateCost } from "../../bench/estate/estateRun";
import { costTable } from "../../bench/estate/estateTable";
import { goalTable } from "../../bench/estate/goals";
import { Interrupted, untilInterrupted } from "../../bench/estate/interruption";
import { MemoryWatch } from "../../bench/estate/processTree";
import { StateWrites } from "../../bench/estate/stateWrites";
import { planEstate } from "../../tools/estate/plan/plan";

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "bench-estate-tests-"));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

const cost = (operation: EstateCost["operation"], wall: number, end: EstateCost["end"] = "done"): EstateCost => ({
  operation,
  wall,
  cpu: 2 * wall,
  memory: 3 * 2 ** 20,
  requests: 12,
  stateBytes: 4 * 2 ** 20,
  end,
});

const cells = (table: string): string[][] =>
  table
    .split("\n")
    .slice(2)
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

describe("the measured estate", () => {
  it("is a platform and teams of 25 daemons, of which the changed one alone runs", async () => {
    layOutProject(directory, "estate", 60, 25);
    const stacks = await planEstate(directory, { changedSince: "HEAD" });
    expect(stacks.map(({ stack, kind, daemons, runs }) => [stack, kind, daemons, runs])).toEqual([
      ["platform", "platform", 0, false],
      ["team-1", "team", 25, false],
      ["team-2", "team", 25, false],
      ["team-3", "team", 10, false],
    ]);
    changeOneTeam(directory);
    const changed = await planEstate(directory, { changedSince: "HEAD" });
    expect(changed.filter(({ runs }) => runs).map(({ stack }) => stack)).toEqual(["team-1"]);
  });

  it("counts what the engine has written into the settings as part of the revision", async () => {
    layOutProject(directory, "estate", 2, 1);
    for (const stack of ["platform", "team-2"]) {
      const file = join(directory, `Pulumi.${stack}.yaml`);
      writeFileSync(file, `encryptionsalt: "v1:salt"\n${readFileSync(file, "utf8")}`);
    }
    changeOneTeam(directory);
    const stacks = await planEstate(directory, { changedSince: "HEAD" });
    expect(stacks.filter(({ runs }) => runs).map(({ stack }) => stack)).toEqual(["team-1"]);
  });

  it("is one stack of all daemons beside it", async () => {
    layOutProject(directory, "one stack", 60, 25);
    const stacks = await planEstate(directory, {});
    expect(stacks.map(({ kind, daemons }) => [kind, daemons])).toEqual([["single", 60]]);
  });
});

describe("the written state", () => {
  it("is the size of a state file and of its copy at each write, and of the copies in the history", async () => {
    const writes = new StateWrites(directory, "project");
    try {
      const file = join(directory, ".pulumi", "stacks", "project", "team.json");
      const seen = async (bytes: number): Promise<void> => {
        while (writes.bytes < bytes) await new Promise((resolve) => setImmediate(resolve));
      };
      writeFileSync(`${file}.tmp`, "x".repeat(1000));
      renameSync(`${file}.tmp`, file);
      await seen(1000);
      writeFileSync(`${file}.tmp`, "x".repeat(3000));
      renameSync(`${file}.tmp`, file);
      await seen(4000);
      writeFileSync(`${file}.bak.tmp`, "x".repeat(1000));
      renameSync(`${file}.bak.tmp`, `${file}.bak`);
      await seen(5000);
      const history = join(directory, ".pulumi", "history", "project", "team");
      mkdirSync(history, { recursive: true });
      writeFileSync(join(history, "team-1.checkpoint.json"), "x".repeat(500));
      expect(writes.bytes).toBe(5500);
    } finally {
      writes.close();
    }
  });
});

describe("the memory", () => {
  it("is the sum of the processes below this one", async () => {
    const child = spawn(process.execPath, ["-e", "const held = Buffer.alloc(2e8, 1); setInterval(() => held, 1000)"]);
    const memory = new MemoryWatch();
    try {
      let most = 0;
      while (most < 2e8) {
        await new Promise((resolve) => setImmediate(resolve));
        most = Math.max(most, memory.take());
      }
      expect(most).toBeGreaterThan(2e8);
    } finally {
      memory.close();
      const closed = once(child, "close");
      child.kill();
      await closed;
    }
  });
});

describe("an interrupted run", () => {
  it("is told to end, and then ends with that reason", async () => {
    const work = untilInterrupted((signal) => {
      process.emit("SIGTERM");
      signal.throwIfAborted();
      return Promise.resolve();
    });
    await expect(work).rejects.toThrow(Interrupted);
  });
});

describe("the estate's tables", () => {
  const measured = [
    { layout: "one stack", daemons: 300, costs: [cost("up", 301_000, "cut off")] },
    { layout: "estate", daemons: 25, costs: [cost("up", 10_000), cost("up, no change", 5_000)] },
    {
      layout: "estate",
      daemons: 1000,
      costs: [cost("up", 480_000), cost("up, no change", 361_000), cost("up --changed-since, one team changed", 9_000)],
    },
  ] as const;

  it("have no figures of a command that was ended, but how long it was given", () => {
    const rows = cells(costTable(measured));
    expect(rows[0]).toEqual(["300, one stack: up", "over 300 s", "-", "-", "-", "-"]);
    expect(rows[1]).toEqual(["25, platform and 1 team: up", "10.0 s", "20.0 s", "3.00 MB", "12", "4.00 MB"]);
    expect(rows[3]?.[0]).toBe("1000, platform and 40 teams: up");
  });

  it("say that the settings of one stack can be too large for a process", () => {
    const costs = [cost("up", 900, "configuration too large")];
    const rows = cells(costTable([{ layout: "one stack", daemons: 1000, costs }]));
    expect(rows).toEqual([["1000, one stack: up", "configuration too large", "-", "-", "-", "-"]]);
  });

  it("say which goals are met", () => {
    const rows = goalTable(measured).flatMap(cells);
    expect(rows).toEqual([
      ["1000 daemons: up", "720.0 s", "480.0 s", "yes"],
      ["1000 daemons: up, no change", "360.0 s", "361.0 s", "no"],
      ["1000 daemons: up --changed-since, one team changed", "10.0 s", "9000 ms", "yes"],
      ["up: CPU per daemon, 1000 daemons against 25", "1.3x", "1.20x", "yes"],
      ["up: wall per daemon, 1000 daemons against 25", "1.3x", "1.20x", "yes"],
      ["up, no change: CPU per daemon, 1000 daemons against 25", "1.3x", "1.80x", "no"],
      ["up, no change: wall per daemon, 1000 daemons against 25", "1.3x", "1.80x", "no"],
    ]);
  });

  it("leave the goals out where the largest estate was not measured", () => {
    expect(goalTable(measured.slice(0, 2))).toEqual([]);
  });
});
