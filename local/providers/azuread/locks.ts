/**
 * One writer at a time for each name. Changes to one application's credentials must follow each other: Graph answers
 * 409 to some, and replaces the whole list with others.
 */
export class Locks {
  private readonly last = new Map<string, Promise<unknown>>();

  async run<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.last.get(name) ?? Promise.resolve();
    const current = before.then(work, work);
    const settled = current.catch(() => undefined);
    this.last.set(name, settled);
    await settled;
    if (this.last.get(name) === settled) {
      this.last.delete(name);
    }
    return current;
  }
}
