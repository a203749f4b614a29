import { setTimeout as wait } from "node:timers/promises";
import type { GraphClient } from "./graphClient";
import { longestBetweenReads, type VisibilityRule } from "./retryRules";

/** Before the second read, where the rule has no longer shortest wait, milliseconds. */
const firstWait = 100;

/**
 * Reads until enough reads show a change.
 *
 * @param what is waited for, for the message
 * @param shows whether a read shows it; what it throws ends the wait
 * @throws where too many reads miss it, or the operation's time is over
 */
export async function untilShown(
  rule: VisibilityRule,
  what: string,
  shows: () => Promise<boolean>,
  { signal, timeout, waitScale }: Pick<GraphClient, "signal" | "timeout" | "waitScale">,
): Promise<void> {
  const end = Date.now() + timeout;
  let pause = firstWait;
  for (let count = 0, missed = 0; ;) {
    if (await shows()) {
      count += 1;
      missed = 0;
    } else {
      count = rule.inARow ? 0 : count;
      missed += 1;
    }
    if (count === rule.reads) {
      return;
    }
    if (rule.missing !== undefined && missed > rule.missing) {
      throw new Error(`couldn't find resource (${missed} retries)`);
    }
    if (Date.now() > end) {
      throw new Error(`timeout while waiting for ${what}`);
    }
    pause = Math.min(Math.max(count === 0 ? pause * 2 : pause, rule.shortest), longestBetweenReads);
    await wait(pause * waitScale, undefined, { signal });
  }
}
