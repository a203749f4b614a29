import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { isRunning } from "../../engine/support/processes";

jest.setTimeout(60_000);

const root = join(__dirname, "../../..");
let directory: string;

/** A command that asks pulumi for something. */
const start = (pulumi: string) => {
  writeFileSync(join(directory, "pulumi"), `#!/bin/sh\n${pulumi}\n`, { mode: 0o755 });
  writeFileSync(join(directory, "Pulumi.yaml"), "name: daemons\nruntime: nodejs\n");
  return spawn(process.execPath, [join(root, "tools/start.mjs"), "report", "--stack", "a", "--cwd", directory], {
    detached: true,
    env: { PATH: [directory, process.env["PATH"]].join(delimiter), NOTES: join(directory, "notes") },
    stdio: "ignore",
  });
};
/** The stub's process, once it has started. */
const started = async (): Promise<number> => {
  const notes = join(directory, "notes");
  while (!existsSync(notes) || readFileSync(notes, "utf8") === "")
    await new Promise((resolve) => setImmediate(resolve));
  return Number(readFileSync(notes, "utf8").split("\n")[0]);
};

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "interrupt-"));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

it("a terminal's Ctrl-C reaches pulumi once, and ends the command when pulumi has ended", async () => {
  const note = (word: string): string => `echo ${word} >>"$NOTES"`;
  const child = start(`trap '${note("told")}; exit 1' INT\n${note("$$")}\nwhile :; do sleep 0.05; done`);
  const ended = once(child, "close");
  const pulumi = await started();
  // A terminal tells the whole process group.
  process.kill(-(child.pid ?? 0), "SIGINT");
  expect(await ended).toEqual([null, "SIGINT"]);
  expect(readFileSync(join(directory, "notes"), "utf8")).toBe(`${pulumi}\ntold\n`);
});

it("a second one kills a pulumi that heeds none", async () => {
  const child = start(`trap '' INT\necho $$ >>"$NOTES"\nwhile :; do sleep 0.05; done`);
  const ended = once(child, "close");
  const pulumi = await started();
  // Those that follow within half a second count as the same key.
  const pressed = setInterval(() => process.kill(-(child.pid ?? 0), "SIGINT"), 100);
  expect(await ended).toEqual([null, "SIGINT"]);
  clearInterval(pressed);
  expect(isRunning(pulumi)).toBe(false);
});
