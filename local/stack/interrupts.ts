/** One Ctrl-C may arrive twice: from the terminal, and passed on by npm. */
const sameKeyMs = 500;
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Turns Ctrl-C into a stop in order, and a second one into a stop at once. */
export class Interrupts {
  private readonly controller = new AbortController();
  private firstAt = 0;

  /**
   * @param onFirst is told that the work in flight is being finished
   * @param onSecond stops everything at once; it may end the process
   */
  constructor(
    private readonly onFirst: () => void,
    private readonly onSecond: () => void,
  ) {
    for (const signal of signals) {
      process.on(signal, this.hear);
    }
  }

  /** Aborted by the first interrupt. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** A method, as its answer changes while others await. */
  wasInterrupted(): boolean {
    return this.controller.signal.aborted;
  }

  stopListening(): void {
    for (const signal of signals) {
      process.off(signal, this.hear);
    }
  }

  private readonly hear = (): void => {
    if (!this.wasInterrupted()) {
      this.firstAt = performance.now();
      this.onFirst();
      this.controller.abort();
    } else if (performance.now() - this.firstAt > sameKeyMs) {
      this.onSecond();
    }
  };
}
