import { hostname } from "node:os";

/** Each lock that pulumi tells of: who holds it, on which machine. */
const holder = /created by \S+@(\S+) \(pid (\d+)\)/g;

/** Whether pulumi has refused because the stack is locked. */
export const isLocked = (output: string): boolean => /the stack is currently locked by \d+ lock/.test(output);

/** Whether all that lock the stack were processes of this machine that are gone. One of another machine may be at work. */
export function isLeftByKilled(output: string, here = hostname(), isRunning = isAlive): boolean {
  const holders = [...output.matchAll(holder)];
  return (
    isLocked(output) && holders.length > 0 && holders.every(([, host, pid]) => host === here && !isRunning(Number(pid)))
  );
}

/** A process ID that another program has by now counts as running. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}
