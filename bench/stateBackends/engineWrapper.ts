import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A pulumi command that runs the real one, and notes its process ID and the bytes that it writes to the disk. */
export class EngineWrapper {
  /** Directory whose `bin/pulumi` it is. */
  readonly root: string;
  private readonly processFile: string;
  private readonly bytesFile: string;

  /** @param engine path of the real pulumi command */
  constructor(directory: string, engine: string) {
    this.root = join(directory, "engine");
    this.processFile = join(directory, "engine.pid");
    this.bytesFile = join(directory, "engine.io");
    mkdirSync(join(this.root, "bin"), { recursive: true });
    writeFileSync(
      join(this.root, "bin", "pulumi"),
      `#!/bin/sh
"${engine}" "$@" &
echo $! >"${this.processFile}"
wait $!
code=$?
grep ^write_bytes "/proc/$$/io" >>"${this.bytesFile}"
exit $code
`,
      { mode: 0o755 },
    );
  }

  /** Process ID of the last engine that was started. */
  get pid(): number {
    return Number(readFileSync(this.processFile, "utf8"));
  }

  /** Bytes that all engines have written to the disk, in whole pages. */
  get bytesWritten(): number {
    if (!existsSync(this.bytesFile)) return 0;
    const notes = [...readFileSync(this.bytesFile, "utf8").matchAll(/write_bytes: (\d+)/g)];
    return notes.reduce((sum, [, bytes]) => sum + Number(bytes), 0);
  }
}
