import { fork, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import type { Readable } from "node:stream";
import type { Ended } from "./command";

const root = join(__dirname, "..", "..");

type Printed = Record<"stdout" | "stderr", string>;

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Runs commands one after the other in one process, which loads their command line once: that takes half of the time of a
 * command that changes nothing.
 */
export class WarmCommands {
  private child: ChildProcess | undefined;
  private isBusy = false;

  /**
   * @param file the command line's, from the repository's root; it exports `main`
   * @param start variables at the start of the process, which Node.js or the command line reads once
   */
  constructor(
    private readonly file: string,
    private readonly start: Variables,
  ) {}

  /** Undefined while another command runs: this one needs a process of its own. */
  run(args: readonly string[], env: Variables): Promise<Ended> | undefined {
    if (this.isBusy) return undefined;
    this.isBusy = true;
    return this.runIn((this.child ??= this.started()), args, env).finally(() => {
      this.isBusy = false;
    });
  }

  end(): void {
    this.child?.kill("SIGKILL");
    this.child = undefined;
  }

  private started(): ChildProcess {
    return fork(join(__dirname, "warmProcess.mjs"), [this.file], {
      cwd: root,
      env: { ...this.start },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      execArgv: [],
    });
  }

  private async runIn(child: ChildProcess, args: readonly string[], env: Variables): Promise<Ended> {
    const marker = `\u0000${Math.random().toString(36).slice(2)}\u0000`;
    const printed: Printed = { stdout: "", stderr: "" };
    const closed = (["stdout", "stderr"] as const).map((name) =>
      readUntil(child[name], marker, (text) => (printed[name] = text)),
    );
    const ended = new Promise<number | null>((resolve) => {
      child.once("message", (message) => {
        resolve((message as { readonly code: number }).code);
      });
      // A command may end its process.
      child.once("exit", (code) => {
        if (this.child === child) this.child = undefined;
        resolve(code);
      });
    });
    child.send({ args, env, marker });
    const code = await ended;
    await Promise.all(closed);
    child.removeAllListeners("message").removeAllListeners("exit");
    return { code, ...printed };
  }
}

/** Collects what is written until a marker, or until the end. */
function readUntil(stream: Readable | null, marker: string, set: (text: string) => void): Promise<void> {
  return new Promise((resolve) => {
    let text = "";
    const done = (): void => {
      stream?.off("data", hear).off("close", done);
      set(text);
      resolve();
    };
    const hear = (chunk: string): void => {
      text += chunk;
      if (!text.endsWith(marker)) return;
      text = text.slice(0, -marker.length);
      done();
    };
    stream?.setEncoding("utf8").on("data", hear).on("close", done);
  });
}
