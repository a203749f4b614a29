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

/** The status of a service that has had too many requests. */
const tooMany = 429;

/**
 * Bounds calls in time, and repeats one while Azure carries a change that was just made to all of its servers, or asks to be left
 * in peace for a time.
 */
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
   * Calls until it succeeds, fails for another reason than replication or throttling, or the time is up. A wait that a service
   * states, and that ends after the time, is not begun.
   * @throws what the last call threw
   */
  async call<T>(label: string, replication: Replication, call: (signal: AbortSignal) => Promise<T>): Promise<T> {
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 1.5, longestPauseMs)) {
      try {
        return await call(AbortSignal.timeout(this.options.callSeconds * 1_000));
      } catch (error) {
        const failure = failureOf(error);
        const left = this.deadline - this.now();
        const pending = failure.status === tooMany ? throttling(failure) : replication(failure);
        if (pending === undefined || left <= 0 || (failure.wait ?? 0) > left) {
          throw error;
        }
        const seconds = Math.ceil(left / 1_000);
        this.options.progress(`${label}: ${failure.code}; waiting for ${pending} (at most ${seconds} s more)`);
        await this.sleep(Math.min(failure.wait ?? pauseMs, left));
      }
    }
  }
}

/** A service that states no time is asked again after the pauses of replication. */
const throttling = ({ wait }: Failure): string =>
  wait === undefined
    ? "the service, which has had too many requests"
    : `the service, which asks for ${Math.ceil(wait / 1_000)} s`;
