import { readdirSync, readFileSync } from "node:fs";

const ticksPerSecond = 100;
const sampleEveryMs = 50;

/** CPU time in milliseconds of this process and of the children it has waited for. */
export function cpuTime(): number {
  const own = process.cpuUsage();
  return (own.user + own.system) / 1000 + childrenCpuTime();
}

function childrenCpuTime(): number {
  const [userTicks = 0, systemTicks = 0] = statFields("self").slice(13, 15).map(Number);
  return ((userTicks + systemTicks) * 1000) / ticksPerSecond;
}

/** CPU time in milliseconds of a process that runs, and of the children it has waited for. */
export function cpuTimeOf(pid: number): number {
  const ticks = statFields(String(pid)).slice(11, 15).map(Number);
  return (ticks.reduce((sum, each) => sum + each, 0) * 1000) / ticksPerSecond;
}

/** Fields of /proc/<pid>/stat after the command's name, numbered from the process state. */
export function statFields(pid: string): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
}

/** Watches the engine's memory while something runs, and returns the peak of driver and engine together. */
export async function peakMemoryDuring(work: () => Promise<void>): Promise<number> {
  let engine = 0;
  const timer = setInterval(() => {
    engine = Math.max(engine, childrenPeak());
  }, sampleEveryMs);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return engine + process.resourceUsage().maxRSS * 1024;
}

function childrenPeak(): number {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return Math.max(0, ...pids.map((pid) => peakOf(pid)));
}

/** Peak resident memory of a child of this process, in bytes; 0 for any other process and one that is gone. */
function peakOf(pid: string): number {
  try {
    const parent = Number(statFields(pid)[1]);
    const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return parent === process.pid ? Number(peak ?? 0) * 1024 : 0;
  } catch {
    return 0;
  }
}
