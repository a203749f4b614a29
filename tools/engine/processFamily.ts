import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/**
 * Ends a process and everything that it has started, at once. The process group alone is not enough: pulumi gives each of
 * its plugins a group of its own.
 */
export function killFamily(pid: number): void {
  for (const member of [pid, ...descendantsOf(pid, parents())]) {
    kill(-member);
    kill(member);
  }
}

function descendantsOf(pid: number, parentOf: ReadonlyMap<number, number>): number[] {
  const children = [...parentOf].flatMap(([child, parent]) => (parent === pid ? [child] : []));
  return children.flatMap((child) => [child, ...descendantsOf(child, parentOf)]);
}

/** The parent of each process of this machine. */
function parents(): ReadonlyMap<number, number> {
  return process.platform === "linux" ? fromProc() : fromPs();
}

/** Slim containers have no `ps`. */
function fromProc(): ReadonlyMap<number, number> {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return new Map(pids.flatMap((pid) => parentIn(pid)));
}

function parentIn(pid: string): [number, number][] {
  try {
    // The name stands in parentheses and may hold any character; after it come the state and the parent.
    const [, after = ""] = /.*\) (.*)/s.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
    return [[Number(pid), Number(after.split(" ")[1])]];
  } catch {
    // It has ended in the meantime.
    return [];
  }
}

function fromPs(): ReadonlyMap<number, number> {
  try {
    const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
    return new Map(lines.map((line) => line.trim().split(/\s+/).map(Number) as [number, number]));
  } catch {
    return new Map();
  }
}

/** @param pid of a process, or the negative one of a process group; one that is gone is as it should be */
function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
