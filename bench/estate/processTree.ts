import { readdirSync } from "node:fs";
import { statFields } from "../deployment/processCost";

const pageBytes = 4096;
const sampleEveryMs = 200;

/** Processes that this one has started, and those that they have started. */
interface Running {
  readonly pid: number;
  readonly parent: number;
  /** Resident memory in bytes. */
  readonly memory: number;
}

/** Watches the memory of what this process has started, until it is closed. */
export class MemoryWatch {
  private most = 0;
  private readonly timer = setInterval(() => {
    this.most = Math.max(this.most, memoryBelow(process.pid));
  }, sampleEveryMs);

  /** The most since the last call, in bytes: the sum of all processes at one moment, memory that they share counted in each. */
  take(): number {
    const { most } = this;
    this.most = 0;
    return most;
  }

  close(): void {
    clearInterval(this.timer);
  }
}

function memoryBelow(pid: number): number {
  const all = runningProcesses();
  const below = (parent: number): number =>
    all.filter((each) => each.parent === parent).reduce((sum, each) => sum + each.memory + below(each.pid), 0);
  return below(pid);
}

function runningProcesses(): Running[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const fields = statFields(name);
        return [{ pid: Number(name), parent: Number(fields[1]), memory: Number(fields[21]) * pageBytes }];
      } catch {
        // It has ended in the meantime.
        return [];
      }
    });
}
