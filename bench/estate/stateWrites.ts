import { type FSWatcher, mkdirSync, readdirSync, statSync, watch } from "node:fs";
import { join } from "node:path";

/** A stack's state, or the one before it, which the engine copies at each write. */
const stateFile = /\.json(\.bak)?$/;

/**
 * Adds up what the engine's file backend writes: the size of a stack's state file and of the copy of the one before, each time
 * that they are replaced, and what it keeps of the state in its history at an operation's end.
 */
export class StateWrites {
  private readonly watcher: FSWatcher;
  private readonly history: string;
  private replaced = 0;

  /** @param backend directory of the file backend, which need not have a stack yet */
  constructor(backend: string, project: string) {
    const stacks = join(backend, ".pulumi", "stacks", project);
    this.history = join(backend, ".pulumi", "history", project);
    mkdirSync(stacks, { recursive: true });
    // A file is replaced by one that is renamed: one event for each write.
    this.watcher = watch(stacks, (event, name) => {
      if (event === "rename" && name !== null && stateFile.test(name)) this.replaced += sizeOf(join(stacks, name));
    });
  }

  /** Bytes until now. */
  get bytes(): number {
    return this.replaced + filesBelow(this.history).reduce((sum, file) => sum + sizeOf(file), 0);
  }

  close(): void {
    this.watcher.close();
  }
}

/** 0 where the file is gone. */
const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

function filesBelow(directory: string): string[] {
  try {
    const found = readdirSync(directory, { recursive: true, withFileTypes: true });
    return found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
