import type { ChildProcess } from "node:child_process";
import type { Readable } from "node:stream";
import type { Ended } from "./command";

type Printed = Record<"stdout" | "stderr", string>;

type Variables = Readonly<Record<string, string | undefined>>;

/** A process that runs one command at a time. */
interface WarmProcess {
  readonly child: ChildProcess;
  isBusy: boolean;
}

declare global {
  /** Of the environment that Jest runs each test file in: tests/support/warmProcesses.cjs. */
  function warmProcess(file: string, start: string): WarmProcess;
}

/**
 * Runs commands one after the other in one process of this worker, which loads their command line once and goes on with the
 * next test file: a command takes half of the time of one in a process of its own, and the first ones less.
 */
export class WarmCommands {
  private readonly start: string;
  private used: WarmProcess | undefined;

  /**
   * @param file the command line's, from the repository's root; it exports `main`
   * @param start variables at the start of the process, which Node.js or the command line reads once
   */
  constructor(
    private readonly file: string,
    start: Variables,
  ) {
    this.start = JSON.stringify(start);
  }

  /** Undefined while another command runs: this one needs a process of its own. */
  run(args: readonly string[], env: Variables): Promise<Ended> | undefined {
    const process = warmProcess(this.file, this.start);
    if (process.isBusy) return undefined;
    this.used = process;
    process.isBusy = true;
    return runIn(process.child, args, env).finally(() => {
      process.isBusy = false;
    });
  }

  /** Leaves the process to other test files, unless it still runs a command. */
  leave(): void {
    if (this.used?.isBusy === true) this.end();
  }

  /** Ends the process, which is of no use to another test file. */
  end(): void {
    this.used?.child.kill("SIGKILL");
    this.used?.child.disconnect();
    this.used = undefined;
  }
}

async function runIn(child: ChildProcess, args: readonly string[], env: Variables): Promise<Ended> {
  const marker = `\u0000${Math.random().toString(36).slice(2)}\u0000`;
  const printed: Printed = { stdout: "", stderr: "" };
  const closed = (["stdout", "stderr"] as const).map((name) =>
    readUntil(child[name], marker, (text) => (printed[name] = text)),
  );
  // While nothing runs, the process does not keep its worker.
  const handles = [child, child.channel];
  for (const handle of handles) handle?.ref();
  child.send({ args, env, marker });
  try {
    const { code, ended } = await outcomeOf(child);
    await Promise.all(closed);
    if (ended)
      throw new Error(`The process of the commands ended in one of them, with ${String(code)}: ${printed.stderr}`);
    return { code, ...printed };
  } finally {
    for (const handle of handles) handle?.unref();
  }
}

/** The exit code of the command that runs, or of the process where it ended in the middle. */
function outcomeOf(child: ChildProcess): Promise<{ readonly code: number | null; readonly ended: boolean }> {
  return new Promise((resolve) => {
    const told = (message: unknown): void => {
      child.off("exit", ended);
      resolve({ code: (message as { readonly code: number }).code, ended: false });
    };
    const ended = (code: number | null): void => {
      child.off("message", told);
      resolve({ code, ended: true });
    };
    child.once("message", told).once("exit", ended);
  });
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
      const end = text.indexOf(marker);
      if (end === -1) return;
      // What is left of the command may write after its end.
      text = text.slice(0, end);
      done();
    };
    stream?.setEncoding("utf8").on("data", hear).on("close", done);
  });
}
