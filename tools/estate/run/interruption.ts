import type { ChildProcess } from "node:child_process";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Hears that the user ends the command, and passes it on. The children are in process groups of their own, so that a terminal's
 * Ctrl-C reaches each of them once: through here.
 */
export class Interruption {
  #isStopped = false;
  readonly #children = new Set<ChildProcess>();
  readonly #progress: (line: string) => void;

  constructor(progress: (line: string) => void) {
    this.#progress = progress;
    for (const signal of SIGNALS) process.on(signal, this.#stop);
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** Has a child hear of it until it ends. */
  watch(child: ChildProcess): void {
    this.#children.add(child);
    child.once("close", () => this.#children.delete(child));
  }

  /** Stops hearing. */
  close(): void {
    for (const signal of SIGNALS) process.off(signal, this.#stop);
  }

  readonly #stop = (): void => {
    if (!this.#isStopped) {
      this.#progress("Interrupted: each stack finishes what is in flight. Press Ctrl-C again to stop at once.");
    }
    this.#isStopped = true;
    for (const child of this.#children) child.kill("SIGINT");
  };
}
