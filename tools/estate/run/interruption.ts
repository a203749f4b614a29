import { sameKeyMs } from "../../engine/endedWithCommand";
import type { EngineProcess } from "../../engine/engineProcess";
import { stoppingMs } from "../../program/stillness";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * How long an engine may take to finish its operations in progress, in milliseconds: longer than Azure takes for any resource
 * of a daemon.
 */
const finishingMs = 10 * 60_000;

/** How long engines may take to stop. Milliseconds. */
export interface Patience {
  /** After the first signal. @default ten minutes */
  readonly finishing?: number;
  /** After the second. @default {@link stoppingMs} */
  readonly stopping?: number;
}

/**
 * Hears that the user ends the command, and passes it on: first the engines finish their operations in progress, the second time
 * they leave them, the third time they are killed at once. The engines are in process groups of their own, so that a terminal's
 * Ctrl-C reaches each of them once: through here.
 */
export class Interruption {
  #heard = 0;
  #lastAt = Number.NEGATIVE_INFINITY;
  readonly #engines = new Set<EngineProcess>();
  readonly #progress: (line: string) => void;
  readonly #patience: Required<Patience>;

  constructor(progress: (line: string) => void, { finishing = finishingMs, stopping = stoppingMs }: Patience = {}) {
    this.#progress = progress;
    this.#patience = { finishing, stopping };
    for (const signal of SIGNALS) process.on(signal, this.#hear);
  }

  get isStopped(): boolean {
    return this.#heard > 0;
  }

  /** Has an engine hear of it until it ends. */
  watch(engine: EngineProcess): void {
    this.#engines.add(engine);
    const ended = (): void => void this.#engines.delete(engine);
    void engine.ended.then(ended, ended);
  }

  /** Stops hearing. */
  close(): void {
    for (const signal of SIGNALS) process.off(signal, this.#hear);
  }

  readonly #hear = (): void => {
    const now = performance.now();
    if (now - this.#lastAt <= sameKeyMs) return;
    this.#lastAt = now;
    this.#heard += 1;
    if (this.#heard === 1) {
      this.#progress(
        "Interrupted: each stack finishes its operations in progress. Press Ctrl-C again to stop immediately.",
      );
    }
    if (this.#heard === 2) this.#progress("Stopping immediately.");
    for (const engine of this.#engines) this.#end(engine);
  };

  #end(engine: EngineProcess): void {
    if (this.#heard === 1) engine.giveUp(this.#patience.finishing);
    else if (this.#heard === 2) engine.interrupt(this.#patience.stopping);
    else engine.kill();
  }
}
