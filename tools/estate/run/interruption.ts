import type { EngineProcess } from "../../engine/engineProcess";
import { stoppingMs } from "../../program/stillness";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Hears that the user ends the command, and passes it on. The engines are in process groups of their own, so that a terminal's
 * Ctrl-C reaches each of them once: through here.
 */
export class Interruption {
  #isStopped = false;
  readonly #engines = new Set<EngineProcess>();
  readonly #progress: (line: string) => void;

  constructor(progress: (line: string) => void) {
    this.#progress = progress;
    for (const signal of SIGNALS) process.on(signal, this.#stop);
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** Has an engine hear of it until it ends. */
  watch(engine: EngineProcess): void {
    this.#engines.add(engine);
    const ended = (): void => void this.#engines.delete(engine);
    void engine.ended.then(ended, ended);
  }

  /** Stops hearing. */
  close(): void {
    for (const signal of SIGNALS) process.off(signal, this.#stop);
  }

  readonly #stop = (): void => {
    const isFirst = !this.#isStopped;
    if (isFirst) {
      this.#progress(
        "Interrupted: each stack finishes its operations in progress. Press Ctrl-C again to stop immediately.",
      );
    }
    this.#isStopped = true;
    for (const engine of this.#engines) {
      if (isFirst) engine.stop();
      else engine.interrupt(stoppingMs);
    }
  };
}
