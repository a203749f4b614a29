const everySeconds = 60;

/** Says each minute that something slow is still under way, so that nobody takes it for stuck. */
export async function withHeartbeat<T>(tell: (line: string) => void, work: () => Promise<T>): Promise<T> {
  let seconds = 0;
  const timer = setInterval(() => {
    seconds += everySeconds;
    tell(`  still at it after ${seconds} s`);
  }, everySeconds * 1000);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
