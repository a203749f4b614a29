import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { commandLine } from "../../../local/commands/commandLine";
import { WarmCommands } from "../../support/warmCommands";

const root = join(__dirname, "..", "..", "..");

const warm = new WarmCommands("local/cli.ts", { ...process.env, npm_lifecycle_event: "local" });
afterAll(() => {
  warm.leave();
});

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command line as `npm run local` runs it, with a state directory of its own. */
export class CommandLine {
  /** Variables of the commands' environment, beside this process's own. */
  readonly variables: Record<string, string> = {};
  private readonly started = new Set<ChildProcess>();

  /**
   * @param directory the state directory. @default a new one
   * @param policies whether the policy pack judges what is deployed, which takes a second a run. @default true
   */
  constructor(
    readonly directory = mkdtempSync(join(tmpdir(), "local-azure-")),
    private readonly policies = true,
  ) {}

  /** Runs a command to its end. */
  async run(...args: string[]): Promise<Finished> {
    // Which command names the command line is read when it is loaded.
    const isNamed = "npm_lifecycle_event" in this.variables;
    const inWarmProcess = isNamed
      ? undefined
      : warm.run(this.withOptions(args), environment(this.directory, this.variables));
    if (inWarmProcess !== undefined) return await inWarmProcess;
    const child = this.start(...args);
    const closed = once(child, "close");
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
    const [code] = (await closed) as [number | null];
    return { code, stdout, stderr };
  }

  /** Starts a command in a process of its own. */
  start(...args: string[]): ReturnType<typeof spawnPiped> {
    const child = spawnPiped(this.withOptions(args), environment(this.directory, this.variables));
    this.started.add(child);
    child.once("close", () => this.started.delete(child));
    return child;
  }

  private withOptions(args: readonly string[]): readonly string[] {
    return this.policies ? args : withoutPolicies(args);
  }

  /** Starts `serve` on a free port and waits for its line. */
  async serve(): Promise<{ readonly ready: string; readonly child: ReturnType<typeof spawnPiped> }> {
    const child = this.start("serve", "--port", "0");
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
      return { ready: chunk.toString("utf8"), child };
    }
    throw new Error(`serve ended: ${await text(child.stderr)}`);
  }

  /** Ends what still runs. */
  async stop(): Promise<void> {
    for (const child of this.started) {
      const closed = once(child, "close");
      child.kill("SIGKILL");
      await closed;
    }
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

const commands = commandLine({}, () => undefined).commands.map((command) => command.name());

function withoutPolicies(args: readonly string[]): readonly string[] {
  const [command = "deploy"] = args.filter((argument) => commands.includes(argument));
  return ["deploy", "preview", "up"].includes(command) ? [...args, "--no-policy"] : args;
}

function environment(directory: string, variables: Readonly<Record<string, string>>) {
  return {
    ...process.env,
    npm_lifecycle_event: "local",
    LOCAL_AZURE_DIRECTORY: directory,
    // A proxy of the user's, which must not matter.
    HTTPS_PROXY: "http://127.0.0.1:2",
    ...variables,
  };
}

function spawnPiped(args: readonly string[], env: NodeJS.ProcessEnv) {
  return spawn(process.execPath, [join(root, "local", "start.mjs"), ...args], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
}
