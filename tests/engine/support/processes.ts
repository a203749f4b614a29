import { execFileSync } from "node:child_process";
import { once } from "node:events";
import type { CommandLine, Finished } from "../../local/cli/commandLine";

/** A process of this machine. */
export interface RunningProcess {
  readonly pid: number;
  readonly parent: number;
  /** Its command with every argument. */
  readonly command: string;
}

function allProcesses(): RunningProcess[] {
  const list = execFileSync("ps", ["-A", "-ww", "-o", "pid=,ppid=,args="], { encoding: "utf8" });
  return list.split("\n").flatMap((line) => {
    const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return command === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }];
  });
}

/** A process, and everything that it has started and that still runs. */
export function familyOf(pid: number): readonly RunningProcess[] {
  const all = allProcesses();
  const family = all.filter((each) => each.pid === pid);
  for (const member of family) {
    family.push(...all.filter(({ parent }) => parent === member.pid));
  }
  return family;
}

/** The engine that a command has started. */
export function engineOf(pid: number): number {
  const engine = familyOf(pid).find(({ command }) =>
    /\/pulumi (up|destroy|refresh|preview|import|stack)\b/.test(command),
  );
  if (engine === undefined) {
    throw new Error(`process ${pid} runs no engine`);
  }
  return engine.pid;
}

/** False for one that has ended, whether or not somebody has asked for its end. */
export function isRunning(pid: number): boolean {
  try {
    return !execFileSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" }).startsWith("Z");
  } catch {
    return false;
  }
}

/** A command at work, whose lines a test waits for. */
export class RunningCommand {
  readonly child: ReturnType<CommandLine["start"]>;
  readonly ended: Promise<Finished & { readonly signal: NodeJS.Signals | null }>;
  private readonly printed = { stdout: "", stderr: "" };
  private readonly waiting = new Set<() => void>();

  constructor(cli: CommandLine, ...args: string[]) {
    this.child = cli.start(...args);
    for (const stream of ["stdout", "stderr"] as const) {
      this.child[stream].setEncoding("utf8").on("data", (text: string) => {
        this.printed[stream] += text;
        this.waiting.forEach((look) => {
          look();
        });
      });
    }
    this.ended = (once(this.child, "close") as Promise<[number | null, NodeJS.Signals | null]>).then(
      ([code, signal]) => ({ code, signal, ...this.printed }),
    );
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Waits until it has printed this. @throws Error where it ends before */
  async until(pattern: RegExp): Promise<void> {
    const seen = new Promise<void>((resolve) => {
      const look = (): void => {
        if (pattern.test(this.printed.stdout) || pattern.test(this.printed.stderr)) {
          this.waiting.delete(look);
          resolve();
        }
      };
      this.waiting.add(look);
      look();
    });
    const tooLate = this.ended.then(({ code, stdout, stderr }) => {
      throw new Error(`ended (${code ?? "by a signal"}) without ${String(pattern)}:\n${stdout}\n${stderr}`);
    });
    await Promise.race([seen, tooLate]);
    tooLate.catch(() => undefined);
  }

  kill(): void {
    this.child.kill("SIGKILL");
  }
}
