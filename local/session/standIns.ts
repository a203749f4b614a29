import { createRequire } from "node:module";
import { mkdirSync } from "node:fs";
import { delimiter, dirname } from "node:path";
import { engineOfThisMachine } from "../engine/ensureEngine";
import { SecretWrites } from "../providers/azureNative/secretWrites";
import { clearAbandoned } from "../stack/abandoned";
import { engineVariables } from "../stack/engineVariables";
import { pathWithPolicies } from "../stack/policies";
import { lockStack } from "../stack/stackLock";
import type { StateDirectory } from "../stateDirectory";
import type { AzureSession } from "./azureSession";
import { asLandingZoneDeployer } from "../providers/asLandingZoneDeployer";

/** Loads a module at the moment it is needed. Not `import()`: Node.js answers that itself, and knows no TypeScript. */
const later = createRequire(__filename);

/** What a `pulumi` command of one's own is run with. */
export interface StandInRequest {
  readonly azure: AzureSession;
  readonly state: StateDirectory;
  /** The command's name, for whoever finds the stacks locked. */
  readonly command: string;
  readonly passphrase: string | undefined;
  /** Which part of the real providers' own waits the stand-ins keep. @default that of `startProviders` */
  readonly providerWaits?: number | undefined;
  /** The environment that the engine is looked for and built in. */
  readonly machine: NodeJS.ProcessEnv;
  /** Environment of the command, which programs get too. */
  readonly env: Readonly<Record<string, string>>;
  readonly progress: (line: string) => void;
}

/** The stand-ins beside a running local Azure. */
export interface StandIns {
  /** The environment with what leads a `pulumi` command to them. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/**
 * Starts the stand-in providers and the language host, and locks the stacks: whatever `pulumi` command runs with these
 * variables deploys onto local Azure, on the same state as `local-azure up`.
 *
 * @throws UserError where another process drives the stacks
 */
export async function startStandIns(request: StandInRequest): Promise<StandIns> {
  const { azure, state, machine, progress } = request;
  const engine = await engineOfThisMachine(machine, progress);
  const closers: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const each of closers) await each();
  };
  try {
    closers.unshift(await lockStack(state, request.command));
    mkdirSync(state.pulumi.backend, { recursive: true, mode: 0o700 });
    await clearAbandoned(state.pulumi.backend, progress);
    const { startProviders } = later("../providers/startProviders") as typeof import("../providers/startProviders");
    const providers = await startProviders({
      ...asLandingZoneDeployer(azure, azure.secretOf("deployer")),
      ...(request.providerWaits !== undefined && { waitScale: request.providerWaits }),
      secretWrites: new SecretWrites(state.pulumi.secretWrites, azure.derive("secret-writes"), progress),
    });
    closers.unshift(() => providers.close());
    const path = [dirname(engine.command), pathWithPolicies(request.env["PATH"] ?? "")].join(delimiter);
    const env = {
      ...request.env,
      PATH: path,
      PULUMI_HOME: state.pulumi.home,
      ...engineVariables({
        state,
        passphrase: request.passphrase ?? azure.derive("pulumi-passphrase"),
        debugProviders: providers.debugProviders,
      }),
    };
    const { startNodejsLanguage } = later("../language/nodejsLanguage") as typeof import("../language/nodejsLanguage");
    const language = await startNodejsLanguage(env);
    closers.unshift(() => {
      language.close();
      return Promise.resolve();
    });
    return { env: { ...env, PULUMI_DEBUG_LANGUAGES: language.debugLanguages }, close };
  } catch (error) {
    await close();
    throw error;
  }
}
