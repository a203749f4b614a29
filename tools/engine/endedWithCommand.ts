import { stoppingMs } from "../program/stillness";
import type { EngineProcess } from "./engineProcess";

/** One Ctrl-C may arrive twice: from the terminal, and passed on by npm. Milliseconds. */
export const sameKeyMs = 500;
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const running = new Set<EngineProcess>();
let first: { readonly signal: NodeJS.Signals; readonly at: number } | undefined;

/**
 * Starts an engine, and has a signal that ends this command end the engine first: it is told to stop, and killed where it does not
 * or the signal comes again. When no engine is left, the signal ends this process as it would have without them.
 */
export function endedWithCommand<T extends { readonly engine: EngineProcess }>(start: () => T): T {
  // Before the start, as the engine may be there before this process goes on.
  if (running.size === 0) for (const signal of signals) process.on(signal, hear);
  const started = start();
  const { engine } = started;
  running.add(engine);
  const ended = (): void => {
    running.delete(engine);
    if (running.size > 0) return;
    for (const signal of signals) process.off(signal, hear);
    if (first !== undefined) process.kill(process.pid, first.signal);
    first = undefined;
  };
  void engine.ended.then(ended, ended);
  return started;
}

function hear(signal: NodeJS.Signals): void {
  if (first === undefined) {
    first = { signal, at: performance.now() };
    for (const engine of running) engine.giveUp(stoppingMs);
  } else if (performance.now() - first.at > sameKeyMs) {
    for (const engine of running) engine.kill();
  }
}
