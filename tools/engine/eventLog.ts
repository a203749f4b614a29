import { closeSync, mkdtempSync, openSync, readSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation";

const pollMs = 250;
const chunkBytes = 64 * 1024;

/** The file that pulumi writes an operation's events to, followed as it grows. Secrets are masked in it. */
export class EventLog {
  private readonly directory = mkdtempSync(join(tmpdir(), "events-"));
  private readonly timer: NodeJS.Timeout;
  private descriptor: number | undefined;
  private rest = Buffer.alloc(0);

  constructor(private readonly hear: (event: EngineEvent) => void) {
    this.timer = setInterval(() => {
      this.read();
    }, pollMs);
  }

  /** What a pulumi command is given to write it. */
  get arguments(): readonly string[] {
    return ["--event-log", this.path];
  }

  /** Stops following, and deletes the file. */
  close(): void {
    clearInterval(this.timer);
    if (this.descriptor !== undefined) closeSync(this.descriptor);
    rmSync(this.directory, { recursive: true, force: true });
  }

  private get path(): string {
    return join(this.directory, "events.json");
  }

  private read(): void {
    try {
      this.descriptor ??= openSync(this.path, "r");
    } catch {
      // pulumi has not begun to write.
      return;
    }
    const chunk = Buffer.alloc(chunkBytes);
    for (let bytes = -1; bytes !== 0;) {
      bytes = readSync(this.descriptor, chunk, 0, chunkBytes, null);
      this.take(chunk.subarray(0, bytes));
    }
  }

  private take(bytes: Buffer): void {
    const all = Buffer.concat([this.rest, bytes]);
    const end = all.lastIndexOf("\n") + 1;
    this.rest = all.subarray(end);
    const lines = all.subarray(0, end).toString("utf8").split("\n");
    for (const line of lines.filter((each) => each !== "")) this.hear(JSON.parse(line) as EngineEvent);
  }
}

/** Without this, pulumi knows no `--event-log`. */
export const eventLogVariables = { PULUMI_DEBUG_COMMANDS: "true" } as const;
