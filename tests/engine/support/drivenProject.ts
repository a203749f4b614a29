import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { engineOfThisMachine } from "../../../local/engine/ensureEngine";
import { silent, type OperationKind } from "../../../local/output/operationLog";
import { SecretWrites } from "../../../local/providers/azureNative/secretWrites";
import { startProviders } from "../../../local/providers/startProviders";
import { CreationJournal } from "../../../local/stack/creationJournal";
import { openStack, type DrivenStack } from "../../../local/stack/drivenStack";
import { pruneHistory } from "../../../local/stack/history";
import type { OperationResult } from "../../../local/output/operationResult";
import { runOperation } from "../../../local/stack/operation";
import { noPolicies } from "../../../local/stack/policies";
import { settlePending } from "../../../local/stack/recovery";
import { copyProjectFiles } from "../../../local/stack/projectFiles";
import { projectName } from "../../../local/stack/stateFile";
import { projectRoot, stateDirectory, type StateDirectory } from "../../../local/stateDirectory";
import type { LocalAzureForTests } from "../../support/localAzure";
import { makeEmptyStack } from "../../support/emptyStack";
import { asLandingZoneDeployer } from "../../../local/providers/asLandingZoneDeployer";

/** A stack of this project with settings and a program of a test's own. */
export interface ProjectOptions {
  readonly stack: string;
  /** Text of Pulumi.<stack>.yaml. */
  readonly settings: string;
  readonly passphrase: string;
  readonly program: PulumiFn;
}

/**
 * This project, which the real engine deploys onto a local Azure in this process, at the moment of local Azure's clock. The
 * engine starts anew each time, as on a pipeline; providers too, so that no token of another day is left.
 */
export class DrivenProject {
  private constructor(
    private readonly local: LocalAzureForTests,
    private readonly state: StateDirectory,
    private readonly directory: string,
    private readonly stack: string,
    private readonly driven: DrivenStack,
  ) {}

  static async open(local: LocalAzureForTests, options: ProjectOptions): Promise<DrivenProject> {
    const { stack, settings, passphrase, program } = options;
    const directory = mkdtempSync(join(tmpdir(), "driven-project-"));
    copyFileSync(join(projectRoot, "Pulumi.yaml"), join(directory, "Pulumi.yaml"));
    writeFileSync(join(directory, `Pulumi.${stack}.yaml`), settings);
    const state = stateDirectory({ LOCAL_AZURE_DIRECTORY: local.stateDirectory });
    makeEmptyStack(state.pulumi.backend, projectName(directory), stack);
    const driven = await openStack({
      engine: await engineOfThisMachine(process.env, () => undefined),
      state,
      project: directory,
      stack,
      passphrase,
      debugProviders: "",
      config: [],
      program,
    });
    return new DrivenProject(local, state, directory, stack, driven);
  }

  /** @param overrides settings of this run, "key=value" */
  async run(kind: OperationKind, ...overrides: string[]): Promise<OperationResult> {
    const { local, state, driven } = this;
    const asOf = local.clock.now().toISOString();
    copyProjectFiles(this.directory, state.pulumi.work, this.stack, [`asOf=${asOf}`, ...overrides]);
    const providers = await startProviders({
      ...asLandingZoneDeployer(local.azure, local.secretOf("deployer")),
      secretWrites: new SecretWrites(state.pulumi.secretWrites, "of a test", () => undefined),
    });
    driven.stack.workspace.envVars["PULUMI_DEBUG_PROVIDERS"] = providers.debugProviders;
    const journal = new CreationJournal(state.pulumi.journal);
    try {
      await settlePending(driven, journal, providers, () => undefined);
      return await runOperation(driven.stack, kind, {
        listener: silent,
        signal: new AbortController().signal,
        program: driven.program,
        journal,
        openCreations: providers.openCreations,
        policies: noPolicies,
      });
    } finally {
      await providers.close();
      pruneHistory(state.pulumi.backend, this.directory, this.stack);
    }
  }

  /** Removes the project's files; the state stays with local Azure. */
  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}
