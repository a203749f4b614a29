import "../../tools/program/deferredSdk";
import { existsSync, mkdirSync } from "node:fs";
import { LocalWorkspace, Stack, type PulumiFn } from "@pulumi/pulumi/automation";
import type { Engine } from "../engine/engineSearch";
import { withoutForeign } from "../environment";
import type { StateDirectory } from "../stateDirectory";
import { EngineCommand } from "./engineCommand";
import { engineVariables } from "./engineVariables";
import { pathWithPolicies } from "./policies";
import { copyProjectFiles } from "./projectFiles";
import { stateFile } from "./stateFile";
import { WatchedProgram } from "./watchedProgram";

export interface StackSettings {
  readonly engine: Engine;
  readonly state: StateDirectory;
  /** Directory with Pulumi.yaml and the settings of the stacks. */
  readonly project: string;
  /** Name of the stack, as in Pulumi.<name>.yaml. */
  readonly stack: string;
  /** Protects the secrets in the state. */
  readonly passphrase: string;
  /** PULUMI_DEBUG_PROVIDERS: where the stand-in providers listen. */
  readonly debugProviders: string;
  /** Values that stand in for those of the stack's settings, as "key=value"; keys may be paths. */
  readonly config: readonly string[];
  /** Runs in this process. @default the project's own program, in a process of its own, by the language host */
  readonly program?: PulumiFn;
  /** PULUMI_DEBUG_LANGUAGES: where the language host listens that runs the project's own program. */
  readonly debugLanguages?: string;
}

/** The stack as the Automation API drives it, and the engine it drives it with. */
export interface DrivenStack {
  readonly stack: Stack;
  readonly command: EngineCommand;
  readonly program: WatchedProgram;
  /** The stack's state file, written by the engine's own backend. */
  readonly stateFile: string;
}

/** Opens the stack, and makes it where there is none. */
export async function openStack(settings: StackSettings): Promise<DrivenStack> {
  const { pulumi } = settings.state;
  mkdirSync(pulumi.backend, { recursive: true, mode: 0o700 });
  const programRunsHere = settings.program !== undefined;
  copyProjectFiles(settings.project, pulumi.work, settings.stack, settings.config, programRunsHere);
  const env = withoutForeign(process.env);
  const program = new WatchedProgram(settings.program);
  const command = new EngineCommand(settings.engine, { ...env, PATH: pathWithPolicies(env["PATH"] ?? "") }, program);
  const workspace = await LocalWorkspace.create({
    workDir: pulumi.work,
    pulumiHome: pulumi.home,
    ...(programRunsHere && { program: program.run }),
    // The API only ever calls the methods that EngineCommand has.
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment
    pulumiCommand: command,
    envVars: {
      ...engineVariables(settings),
      ...(settings.debugLanguages !== undefined && { PULUMI_DEBUG_LANGUAGES: settings.debugLanguages }),
    },
  });
  const file = stateFile(settings.state, settings.project, settings.stack);
  const stack = await openWith(workspace, settings.stack, existsSync(file));
  return { stack, command, program, stateFile: file };
}

/**
 * The Automation API starts the engine to select a stack, and again after each operation for a summary and for outputs
 * that the operation's events have told already. Each start takes a sixth of a second, so these are left out: every
 * operation names its stack.
 */
async function openWith(workspace: LocalWorkspace, name: string, exists: boolean): Promise<Stack> {
  if (exists) {
    workspace.selectStack = () => Promise.resolve();
  }
  const stack = exists ? await Stack.select(name, workspace) : await Stack.create(name, workspace);
  stack.outputs = () => Promise.resolve({});
  stack.info = () => Promise.resolve(undefined);
  return stack;
}
