import { setTimeout as pause } from "node:timers/promises";
import { failureOf, type Failure } from "./failure";

export interface PatienceOptions {
  /** How long all waiting together may take, in seconds. 0 never waits. */
  readonly seconds: number;
  /** How long one call may take, in seconds. */
  readonly callSeconds: number;
  /** Gets a line before each pause. */
  readonly progress: (line: string) => void;
  /** @default the system's */
  readonly now?: () => number;
  /** Waits for that many milliseconds. @default a timer */
  readonly sleep?: (ms: number) => Promise<unknown>;
}

/** Tells what a failure is waiting for, or undefined where waiting won't help. */
export type Replication = (failure: Failure) => string | undefined;

const firstPauseMs = 2_000;
const longestPauseMs = 10_000;

/** Bounds calls in time, and repeats one while Azure carries a change that was just made to all of its servers. */
export class Patience {
  private readonly now: () => number;
  private readonly sleep: (ms: number) => Promise<unknown>;
  private readonly deadline: number;

  constructor(private readonly options: PatienceOptions) {
    this.now = options.now ?? Date.now;
    this.sleep = options.sleep ?? ((ms) => pause(ms));
    this.deadline = this.now() + options.seconds * 1_000;
  }

  /**
   * Calls until it succeeds, fails for another reason than replication, or the time is up.
   * @throws what the last call threw
   */
  async call<T>(label: string, replication: Replication, call: (signal: AbortSignal) => Promise<T>): Promise<T> {
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 1.5, longestPauseMs)) {
      try {
        return await call(AbortSignal.timeout(this.options.callSeconds * 1_000));
      } catch (error) {
        const failure = failureOf(error);
        const pending = replication(failure);
        const left = this.deadline - this.now();
        if (pending === undefined || left <= 0) {
          throw error;
        }
        const seconds = Math.ceil(left / 1_000);
        this.options.progress(`${label}: ${failure.code}; waiting for ${pending} (at most ${seconds} s more)`);
        await this.sleep(Math.min(pauseMs, left));
      }
    }
  }
}
