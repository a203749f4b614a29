import "../../local/stack/engineConnection";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { LocalWorkspace, type PulumiCommand, type PulumiFn, Stack } from "@pulumi/pulumi/automation";
import { holdsSecret, readable } from "../../local/output/values";
import { makeEmptyStack } from "./emptyStack";
import { engineCommand } from "./engineCommand";

export interface AutomationStackOptions {
  readonly project: string;
  readonly stack: string;
  readonly program: PulumiFn;
  /** Directory that holds the state; made where there is none. */
  readonly backend: string;
  /** Where providers listen, as "azuread:40001,azure-native:40002". @default none do */
  readonly debugProviders?: string;
  /** null: that of this process's environment. @default "test" */
  readonly passphrase?: string | null;
  /** @default that of the engine: a passphrase */
  readonly secretsProvider?: string;
  /** More variables of the engine. */
  readonly envVars?: Readonly<Record<string, string>>;
}

/** A stack of an inline program, which the real engine deploys through the Automation API; made where there is none. */
export async function automationStack(options: AutomationStackOptions): Promise<Stack> {
  const { project, stack, program, backend, debugProviders, passphrase = "test", secretsProvider, envVars } = options;
  mkdirSync(backend, { recursive: true });
  // Another secrets provider is noted when the engine makes the stack.
  if (secretsProvider === undefined) makeEmptyStack(backend, project, stack);
  const files = filesOf(backend, project, stack);
  const workspace = await LocalWorkspace.create({
    program,
    pulumiCommand: answeringFrom(files, await engineCommand()),
    projectSettings: { name: project, runtime: "nodejs", backend: { url: `file://${backend}` } },
    ...(secretsProvider !== undefined && { secretsProvider }),
    envVars: {
      NO_PROXY: "127.0.0.1,localhost",
      ...(passphrase !== null && { PULUMI_CONFIG_PASSPHRASE: passphrase }),
      PULUMI_SKIP_UPDATE_CHECK: "true",
      // The engine looks for a published plugin at every run on a state with resources, whether or not one is needed.
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      // No run is killed: its state is written at its end, and no second copy of it.
      PULUMI_SKIP_CHECKPOINTS: "true",
      PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true",
      ...(debugProviders !== undefined && { PULUMI_DEBUG_PROVIDERS: debugProviders }),
      ...envVars,
    },
  });
  if (!existsSync(files.state)) return Stack.create(stack, workspace);
  // Every operation names its stack.
  workspace.selectStack = () => Promise.resolve();
  return Stack.select(stack, workspace);
}

interface Files {
  readonly state: string;
  /** Directory of a file for each operation. */
  readonly history: string;
}

const filesOf = (backend: string, project: string, stack: string): Files => ({
  state: join(backend, ".pulumi", "stacks", project, `${stack}.json`),
  history: join(backend, ".pulumi", "history", project, stack),
});

/**
 * After each operation the Automation API starts the engine thrice, for a summary and for the outputs with and without
 * their secrets, which takes longer than a small operation. Here the engine's own files answer, but for outputs that
 * hold a secret.
 */
function answeringFrom(files: Files, command: PulumiCommand): PulumiCommand {
  const engine = command as PulumiCommand & Runner;
  const run: Runner["run"] = (args, ...rest) => {
    const answer = answerTo(args, files);
    return answer === undefined
      ? engine.run(args, ...rest)
      : Promise.resolve({ stdout: JSON.stringify(answer), stderr: "", code: 0 });
  };
  return Object.create(command, { run: { value: run } }) as PulumiCommand;
}

/** What the Automation API calls of its command; its types leave it out. */
interface Runner {
  run(args: readonly string[], ...rest: readonly unknown[]): Promise<object>;
}

function answerTo(args: readonly string[], files: Files): unknown {
  const [noun, verb] = args;
  if (noun !== "stack" || !args.includes("--json")) return undefined;
  if (verb === "history") return lastOperation(files.history);
  if (verb !== "output") return undefined;
  const outputs = outputsIn(files.state);
  return holdsSecret(outputs) && args.includes("--show-secrets") ? undefined : readable(outputs);
}

function lastOperation(directory: string): unknown {
  const last = readdirSync(directory)
    .filter((name) => name.endsWith(".history.json"))
    .sort()
    .pop();
  if (last === undefined) return [];
  // No test reads the configuration, whose secrets are encrypted.
  const operation = JSON.parse(readFileSync(join(directory, last), "utf8")) as object;
  return [{ ...operation, config: {} }];
}

interface State {
  readonly checkpoint: {
    readonly latest?: { readonly resources?: readonly { readonly type: string; readonly outputs?: object }[] };
  };
}

function outputsIn(file: string): object {
  const { checkpoint } = JSON.parse(readFileSync(file, "utf8")) as State;
  const stack = checkpoint.latest?.resources?.find(({ type }) => type === "pulumi:pulumi:Stack");
  return stack?.outputs ?? {};
}
