import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, copyFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clearAbandoned } from "../../../local/stack/abandoned";

let backend: string;
let lockFile: string;
const told: string[] = [];
const tell = (line: string): void => void told.push(line);

beforeEach(() => {
  backend = mkdtempSync(join(tmpdir(), "backend-"));
  const locks = join(backend, ".pulumi", "locks", "organization", "p", "dev");
  mkdirSync(locks, { recursive: true });
  lockFile = join(locks, "0.json");
  told.length = 0;
});

afterEach(() => {
  rmSync(backend, { recursive: true });
});

/** A process whose name is the engine's, that ignores an interrupt if asked to. */
async function engine(script: string): Promise<ChildProcess> {
  const command = join(backend, "pulumi");
  copyFileSync("/bin/sh", command);
  chmodSync(command, 0o755);
  const child = spawn(command, ["-c", `${script} echo up; while :; do /bin/sleep 0.05; done`], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  await once(child.stdout, "data");
  writeFileSync(lockFile, JSON.stringify({ pid: child.pid }));
  return child;
}

it("does nothing where nothing was left behind", async () => {
  await clearAbandoned(join(backend, "none"), tell);
  expect(told).toEqual([]);
});

it("removes the lock of an engine that is gone", async () => {
  writeFileSync(lockFile, JSON.stringify({ pid: 2 ** 30 }));
  await clearAbandoned(backend, tell);
  expect(existsSync(lockFile)).toBe(false);
  expect(told).toEqual(["A killed command left the stack locked: unlocking it."]);
});

it("removes a lock that the kill has torn", async () => {
  writeFileSync(lockFile, '{"pid": 12');
  await clearAbandoned(backend, tell);
  expect(existsSync(lockFile)).toBe(false);
});

it("leaves a process alone that merely has the engine's old number", async () => {
  const other = spawn("/bin/sleep", ["30"]);
  writeFileSync(lockFile, JSON.stringify({ pid: other.pid }));
  await clearAbandoned(backend, tell);
  expect(existsSync(lockFile)).toBe(false);
  expect(other.exitCode).toBeNull();
  other.kill();
});

it("ends an engine that still runs, in order where it listens", async () => {
  const child = await engine("trap 'exit 3' INT;");
  const ended = once(child, "exit");
  await clearAbandoned(backend, tell);
  expect(await ended).toEqual([3, null]);
  expect(told[0]).toBe(`A killed command left the engine running (process ${child.pid ?? 0}): ending it.`);
});
