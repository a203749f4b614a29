import { createRequire } from "node:module";
import type { Clock } from "../azure/clock";
import type { ControlAddress } from "../azure/control/controlServer";
import type { IdentityName } from "../azure/landingZone/layout";
import { landingZoneSecret } from "../azure/landingZone/secret";
import { StateKey } from "../azure/store/stateKey";
import type { Connection } from "../environment";
import type { StateDirectory } from "../stateDirectory";
import type { Console } from "../output/console";
import { claimStateDirectory } from "../stateOwnership";
import { exitCodes, UserError } from "../userError";
import { localCommand } from "../invocation";
import { injectedLines, seedLine, type ChosenConditions } from "./conditions";
import { noteHolder, stateFailure } from "./holder";
import { runningServe } from "./serveFile";

/** Loads a module at the moment it is needed. Not `import()`: Node.js answers that itself, and knows no TypeScript. */
const later = createRequire(__filename);

/** Local Azure as a command uses it: its own, or the one that `serve` runs. */
export interface AzureSession extends Connection {
  /** True where `serve` runs it. */
  readonly attached: boolean;
  /** Client secret of one of the landing zone's identities. */
  secretOf(identity: IdentityName): string;
  /** A secret of this state directory for a purpose, the same each time. */
  derive(purpose: string): string;
  close(): Promise<void>;
}

/** What a command wants of local Azure. */
export interface AzureRequest {
  readonly state: StateDirectory;
  /** The command's name, for whoever finds the state in use. */
  readonly command: string;
  /** The time there, where it is another than the system's. */
  readonly clock?: Clock | undefined;
  /** What makes the day a bad one. @default nothing */
  readonly conditions?: ChosenConditions | undefined;
  /** Where the seed is told. */
  readonly console?: Console;
}

/**
 * Uses the running `serve`, or opens local Azure in this process.
 *
 * @throws UserError where another command has the state open, or `serve` runs it at another time or under other conditions
 */
export async function openAzure({ state, command, clock, conditions, console }: AzureRequest): Promise<AzureSession> {
  const served = await runningServe(state);
  if (served !== undefined) {
    if (clock) {
      throw new UserError(
        "--at: `serve` runs local Azure, at the system's time. End it, and run the same command again.",
        exitCodes.usage,
      );
    }
    if (conditions) {
      throw new UserError(
        `${conditions.options.join(", ")}: \`serve\` already runs local Azure. ` +
          `Give the options to it: end it, and start \`${localCommand("serve")}\` with them.`,
        exitCodes.usage,
      );
    }
    return session(state, served, true, () => Promise.resolve());
  }
  const { azure, close } = await openOwnAzure(state, command, 0, { clock, conditions, console });
  return session(state, azure, false, close);
}

/** What a local Azure of a command's own is like. */
interface OwnAzureOptions {
  /** The time there. @default the system's */
  readonly clock?: Clock | undefined;
  /** Outside issuers of tokens, and where each one's keys are. @default none */
  readonly issuers?: Readonly<Record<string, string>> | undefined;
  readonly conditions?: ChosenConditions | undefined;
  /** Port of the control address on 127.0.0.1, 0 for a free one. @default none */
  readonly control?: number | undefined;
  readonly console?: Console | undefined;
}

/** A local Azure of a command's own. */
interface OwnAzure {
  readonly azure: Connection & { readonly control: ControlAddress | undefined };
  readonly close: () => Promise<void>;
}

/** Opens local Azure in this process, whose port it may choose: 0 takes a free one. */
export async function openOwnAzure(
  state: StateDirectory,
  command: string,
  port: number,
  { clock, issuers = {}, conditions, control, console }: OwnAzureOptions = {},
): Promise<OwnAzure> {
  const { LocalAzure } = later("../azure/localAzure") as typeof import("../azure/localAzure");
  try {
    claimStateDirectory(state);
    const azure = await LocalAzure.open({
      stateDirectory: state.path,
      port,
      issuers,
      ...(clock && { clock }),
      ...(conditions && { conditions: conditions.conditions }),
      ...(control !== undefined && { control: { port: control } }),
    });
    const told = conditions && seedLine(conditions);
    if (told !== undefined) console?.note(told);
    if (conditions) {
      console?.addToDocument(() => ({ conditions: { seed: azure.seed, injected: azure.injections.counts } }));
    }
    const forget = noteHolder(state.holderFile, command);
    return {
      azure,
      close: async () => {
        forget();
        const hasScenarios = azure.faults.scenarios.length > 0;
        for (const line of injectedLines(azure.injections.counts, hasScenarios)) console?.note(line);
        await azure.close();
      },
    };
  } catch (error) {
    throw stateFailure(state, error);
  }
}

function session(
  state: StateDirectory,
  connection: Connection,
  attached: boolean,
  close: () => Promise<void>,
): AzureSession {
  const key = keyOf(state);
  return {
    proxyUrl: connection.proxyUrl,
    caFile: connection.caFile,
    settlingSeconds: connection.settlingSeconds ?? 0,
    attached,
    secretOf: (identity) => landingZoneSecret(key, identity),
    derive: (purpose) => key.derive(purpose),
    close,
  };
}

/** @throws UserError where the key is missing or damaged */
export function keyOf(state: StateDirectory): StateKey {
  try {
    return StateKey.read(state.keyFile);
  } catch (error) {
    throw stateFailure(state, error);
  }
}
