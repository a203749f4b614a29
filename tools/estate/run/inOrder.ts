/** Something to do for a stack, once what it comes after is done. */
export interface Task {
  readonly stack: string;
  /** Stacks that must be done before. One that is not among the tasks counts as done. */
  readonly after: readonly string[];
}

interface Means<T extends Task, Result extends { readonly ok: boolean }> {
  /** How many run at the same time. */
  readonly parallel: number;
  /** Never rejects. */
  readonly perform: (task: T) => Promise<Result>;
  /** Whether nothing new may start. */
  readonly isStopped: () => boolean;
}

/**
 * Performs tasks side by side, each as soon as what it comes after is done.
 *
 * @returns the result of each stack; undefined for one that was not started, because what it comes after failed or all stopped
 */
export async function performInOrder<T extends Task, Result extends { readonly ok: boolean }>(
  tasks: readonly T[],
  { parallel, perform, isStopped }: Means<T, Result>,
): Promise<ReadonlyMap<string, Result | undefined>> {
  const known = new Set(tasks.map(({ stack }) => stack));
  const results = new Map<string, Result | undefined>();
  const running = new Map<string, Promise<void>>();
  const start = (task: T): void => {
    const ended = perform(task).then((result) => {
      results.set(task.stack, result);
      running.delete(task.stack);
    });
    running.set(task.stack, ended);
  };
  const isReady = ({ stack, after }: T): boolean =>
    !running.has(stack) && !results.has(stack) && after.every((each) => !known.has(each) || results.get(each)?.ok);
  for (;;) {
    const ready = isStopped() ? [] : tasks.filter(isReady);
    for (const task of ready.slice(0, parallel - running.size)) start(task);
    if (running.size === 0) break;
    await Promise.race(running.values());
  }
  return new Map(tasks.map(({ stack }) => [stack, results.get(stack)]));
}
