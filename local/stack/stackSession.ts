import { createRequire } from "node:module";
import type { Importing } from "../../tools/adopt/estate/takeIn";
import { systemClock } from "../azure/clock";
import type { Engine } from "../engine/engineSearch";
import { engineOfThisMachine } from "../engine/ensureEngine";
import type { Console } from "../output/console";
import { openAzure, type AzureRequest, type AzureSession } from "../session/azureSession";
import { exitCodes } from "../userError";
import { clearAbandoned } from "./abandoned";
import { checkDiskSpace } from "./diskSpace";
import { CreationJournal } from "./creationJournal";
import { openStack, type DrivenStack } from "./drivenStack";
import { pruneHistory } from "./history";
import { importing } from "./importing";
import { Interrupts } from "./interrupts";
import { projectRoot } from "../stateDirectory";
import { judgedUpdate } from "./judgedUpdate";
import { policyFileOf } from "../../tools/policies/policyFile";
import { runOperation } from "./operation";
import type { OperationResult } from "../output/operationResult";
import { noPolicies, policyConfiguration, projectPolicies } from "./policies";
import { SecretWrites } from "../providers/azureNative/secretWrites";
import { silent, type LogListener, type OperationKind } from "../output/operationLog";
import { Progress } from "../output/progress";
import { settlePending } from "./recovery";
import { ownStack } from "./ownStack";
import { checkProject, isOwnStack } from "./projectFile";
import { languageOf } from "./projectLanguage";
import { readSettingsFile } from "./settingsFile";
import { lockStack } from "./stackLock";
import { StateCopy } from "./stateCopy";
import { noVerdict, Verdict } from "./verdict";
import { asLandingZoneDeployer } from "../providers/asLandingZoneDeployer";

/** Loads a module at the moment it is needed. Not `import()`: Node.js answers that itself, and knows no TypeScript. */
const later = createRequire(__filename);

export interface StackRequest extends AzureRequest {
  readonly console: Console;
  readonly project: string;
  readonly stack: string;
  readonly config: readonly string[];
  /** Which part of the real providers' own waits the stand-ins keep. @default that of `startProviders` */
  readonly providerWaits?: number | undefined;
  /** The environment that the engine is looked for and built in. */
  readonly machine: NodeJS.ProcessEnv;
  /** The passphrase that the user has set, if any. */
  readonly passphrase: string | undefined;
  /** Whether the project's policies judge previews and updates (default: false). */
  readonly policy?: boolean;
  /** Whether the stack's configuration is checked before anything is started (default: true). */
  readonly check?: boolean;
}

/** The stack with everything it runs on. */
export interface StackSession {
  readonly engine: Engine;
  readonly azure: AzureSession;
  readonly interrupts: Interrupts;
  run(kind: OperationKind): Promise<OperationResult>;
  readonly importing: Importing;
}

/** Opens the engine, local Azure, the providers and the stack, settles what a killed run left, and closes them after. */
export async function withStack<T>(request: StackRequest, work: (session: StackSession) => Promise<T>): Promise<T> {
  const { console, state, clock = systemClock } = request;
  const now = clock.now();
  const settings = readSettingsFile(request.project, request.stack, request.config);
  const isOwn = isOwnStack(request.project);
  if (!isOwn) {
    checkProject(request.project);
  } else if (request.check ?? true) {
    ownStack().checkConfiguration(settings.config, now, settings.path);
  }
  const judged =
    request.policy === true
      ? policyConfiguration(settings.config, policyFileOf(request.project, request.stack))
      : undefined;
  const engine = await engineOfThisMachine(request.machine, (line) => {
    console.line(line);
  });
  const closers: (() => Promise<void>)[] = [];
  try {
    const azure = await openAzure(request);
    closers.unshift(() => azure.close());
    closers.unshift(await lockStack(state, request.command));
    checkDiskSpace(state.path);
    closers.unshift(() => {
      pruneHistory(state.pulumi.backend, request.project, request.stack);
      return Promise.resolve();
    });
    await clearAbandoned(state.pulumi.backend, (line) => {
      console.line(line);
    });
    const clientSecret = azure.secretOf("deployer");
    console.hide(clientSecret);
    const { startProviders } = later("../providers/startProviders") as typeof import("../providers/startProviders");
    const providers = await startProviders({
      ...asLandingZoneDeployer(azure, clientSecret),
      ...(request.providerWaits !== undefined && { waitScale: request.providerWaits }),
      secretWrites: new SecretWrites(state.pulumi.secretWrites, azure.derive("secret-writes"), (line) => {
        console.line(line);
      }),
    });
    closers.unshift(() => providers.close());
    const journal = new CreationJournal(state.pulumi.journal);
    const language = isOwn ? undefined : await languageOf(azure, request.project, state.pulumi.work);
    closers.unshift(() => {
      language?.close();
      return Promise.resolve();
    });
    const driven = await openDriven(request, engine, azure, { ...providers, ...language });
    const interrupts = listen(console, driven);
    closers.unshift(() => {
      interrupts.stopListening();
      return Promise.resolve();
    });
    const before = new StateCopy(driven.stateFile, state.pulumi.before);
    before.restore((line) => {
      console.line(line);
    });
    await settlePending(driven, journal, providers, (line) => {
      console.line(line);
    });
    const policies = judged === undefined ? noPolicies : projectPolicies(state, judged);
    const operate = async (kind: OperationKind, listener: LogListener): Promise<OperationResult> => {
      if (kind !== "preview") before.take();
      return await runOperation(driven.stack, kind, {
        listener,
        signal: interrupts.signal,
        program: driven.program,
        journal,
        stateFile: driven.stateFile,
        openCreations: providers.openCreations,
        policies,
      });
    };
    const run = async (kind: OperationKind): Promise<OperationResult> => {
      if (kind !== "up" || request.policy !== true) {
        return await operate(kind, new Progress(console, kind));
      }
      const subject = `${settings.text}${JSON.stringify(judged)}`;
      const verdict = isOwn ? new Verdict(state.pulumi.verdict, projectRoot, subject, now) : noVerdict;
      return await judgedUpdate(verdict, {
        plan: () => {
          console.status("  judging the plan by the policies");
          return operate("preview", silent);
        },
        update: () => operate("up", new Progress(console, "up")),
      });
    };
    const imports = importing(driven, state.pulumi.work, interrupts.signal);
    return await work({ engine, azure, interrupts, run, importing: imports });
  } finally {
    console.clearStatus();
    for (const close of closers) {
      await close();
    }
  }
}

async function openDriven(
  { state, project, stack, config, passphrase, console }: StackRequest,
  engine: Engine,
  azure: AzureSession,
  { debugProviders, debugLanguages }: { readonly debugProviders: string; readonly debugLanguages?: string },
): Promise<DrivenStack> {
  const secret = passphrase ?? azure.derive("pulumi-passphrase");
  console.hide(secret);
  const runs = debugLanguages === undefined ? { program: () => ownStack().program() } : { debugLanguages };
  return await openStack({ engine, state, project, stack, config, passphrase: secret, debugProviders, ...runs });
}

function listen(console: Console, { command }: DrivenStack): Interrupts {
  return new Interrupts(
    () => {
      console.line("Interrupted: finishing the operations in progress. Press Ctrl-C again to stop immediately.");
    },
    () => {
      command.kill();
      console.line(
        "Stopped. Run the same command again: it checks the operations that were in progress, then continues.",
      );
      process.exit(exitCodes.interrupted);
    },
  );
}
