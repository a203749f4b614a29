import type { Clock } from "../azure/clock";
import type { Console } from "../output/console";
import type { ChosenConditions } from "../session/conditions";
import type { StateDirectory } from "../stateDirectory";
import type { ExitCode } from "../userError";

/** What every command is given. */
export interface CommandContext {
  readonly console: Console;
  readonly state: StateDirectory;
  /** Directory with Pulumi.yaml. */
  readonly project: string;
  readonly stack: string;
  /** The time on local Azure, where it is another than the system's. */
  readonly clock: Clock | undefined;
  /** Faults, replication, throttling and latency of a local Azure of the command's own, where any were asked for. */
  readonly conditions: ChosenConditions | undefined;
  /** Which part of the real providers' own waits the stand-ins keep, where it was given. */
  readonly providerWaits: number | undefined;
  /** Configuration overrides, "key=value". */
  readonly config: readonly string[];
  /** Whether the policies judge what is to be made. */
  readonly policy: boolean;
  /** Whether what they advise is listed, or only counted. */
  readonly listPolicies: boolean;
  /** The environment that this process was started with: for finding and building the engine alone. */
  readonly machine: NodeJS.ProcessEnv;
  /** PULUMI_CONFIG_PASSPHRASE of the user's environment. */
  readonly passphrase: string | undefined;
}

export type CommandRun = (context: CommandContext) => Promise<ExitCode>;
