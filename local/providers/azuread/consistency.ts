import { setTimeout as wait } from "node:timers/promises";

/**
 * The real provider reads five times in a row, a second or more apart. Here one agreeing read is enough, and only
 * disagreeing ones are waited for.
 */
const firstWait = 50;
const longestWait = 5000;
const patience = 15 * 60 * 1000;

/**
 * Waits until a read says what it should.
 * @throws after fifteen minutes
 */
export async function untilSeen(what: string, seen: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
  const started = Date.now();
  for (let pause = firstWait; !(await seen()); pause = Math.min(pause * 2, longestWait)) {
    if (Date.now() - started > patience) {
      throw new Error(`timeout while waiting for ${what}`);
    }
    await wait(pause, undefined, { signal });
  }
}
