import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { program } from "../../infra/program";
import type { RequestRecord } from "../../local/azure/network/requestLog";
import { engineOfThisMachine } from "../../local/engine/ensureEngine";
import { silent, type OperationKind } from "../../local/output/operationLog";
import { SecretWrites } from "../../local/providers/azureNative/secretWrites";
import { startProviders } from "../../local/providers/startProviders";
import { clearAbandoned } from "../../local/stack/abandoned";
import { CreationJournal } from "../../local/stack/creationJournal";
import { openStack, type DrivenStack } from "../../local/stack/drivenStack";
import { pruneHistory } from "../../local/stack/history";
import { runOperation } from "../../local/stack/operation";
import { noPolicies } from "../../local/stack/policies";
import { copyProjectFiles } from "../../local/stack/projectFiles";
import { settlePending } from "../../local/stack/recovery";
import { projectName } from "../../local/stack/stateFile";
import { projectRoot, stateDirectory, type StateDirectory } from "../../local/stateDirectory";
import { LocalAzureForTests } from "../support/localAzure";
import { makeEmptyStack } from "../support/emptyStack";
import { asLandingZoneDeployer } from "../../local/providers/asLandingZoneDeployer";

const name = "dev";

/** How a run went. */
export interface SoakRun {
  readonly ok: boolean;
  /** As "create azuread.ApplicationPassword loader-generation-1", sorted; what stays is left out. */
  readonly steps: readonly string[];
  /** Everything that it told, what the recovery before it told too. */
  readonly told: readonly string[];
}

/** The stack's own program, driven by the real engine as the command line does it, in this process, at the time of a clock. */
export class SoakStack {
  private constructor(
    readonly local: LocalAzureForTests,
    readonly state: StateDirectory,
    readonly driven: DrivenStack,
    private readonly project: string,
  ) {}

  /**
   * @param settings text of the stack's settings to begin with
   * @param seed of what scenarios leave to chance
   */
  static async open(startsAt: string, settings: string, seed: number): Promise<SoakStack> {
    const local = await LocalAzureForTests.open({ startsAt, conditions: { seed } });
    const project = mkdtempSync(join(tmpdir(), "soak-"));
    copyFileSync(join(projectRoot, "Pulumi.yaml"), join(project, "Pulumi.yaml"));
    writeFileSync(join(project, `Pulumi.${name}.yaml`), settings);
    const state = stateDirectory({ LOCAL_AZURE_DIRECTORY: local.stateDirectory });
    makeEmptyStack(state.pulumi.backend, projectName(project), name);
    const driven = await openStack({
      engine: await engineOfThisMachine(process.env, () => undefined),
      state,
      project,
      stack: name,
      passphrase: "of a test",
      debugProviders: "",
      config: [],
      program,
    });
    return new SoakStack(local, state, driven, project);
  }

  /** @param killAt the engine is killed at the first request that this finds */
  async run(kind: OperationKind, settings: string, killAt?: (record: RequestRecord) => boolean): Promise<SoakRun> {
    const { local, state, driven } = this;
    writeFileSync(join(this.project, `Pulumi.${name}.yaml`), settings);
    copyProjectFiles(this.project, state.pulumi.work, name);
    const told: string[] = [];
    const tell = (line: string): void => {
      told.push(line);
    };
    await clearAbandoned(state.pulumi.backend, tell);
    const providers = await startProviders({
      ...asLandingZoneDeployer(local.azure, local.secretOf("deployer")),
      secretWrites: new SecretWrites(state.pulumi.secretWrites, "of a test", tell),
    });
    driven.stack.workspace.envVars["PULUMI_DEBUG_PROVIDERS"] = providers.debugProviders;
    const stop = local.azure.requests.listen((record) => {
      if (killAt?.(record) === true) driven.command.kill();
    });
    try {
      const journal = new CreationJournal(state.pulumi.journal);
      await settlePending(driven, journal, providers, tell);
      const result = await runOperation(driven.stack, kind, {
        listener: silent,
        signal: new AbortController().signal,
        program: driven.program,
        journal,
        openCreations: providers.openCreations,
        policies: noPolicies,
      });
      const { ok, steps, errors, warnings } = result;
      return {
        ok,
        steps: steps.flatMap(({ op, type, name: of }) => (op === "same" ? [] : [`${op} ${type} ${of}`])).sort(),
        told: [...told, ...[...errors, ...warnings].map(({ message }) => message)],
      };
    } finally {
      stop();
      await providers.close();
      pruneHistory(state.pulumi.backend, this.project, name);
    }
  }

  /** @param options `keepsState`: leaves local Azure's state directory to the caller. @default false */
  async close(options: { readonly keepsState?: boolean } = {}): Promise<void> {
    await this.local.close(options);
    rmSync(this.project, { recursive: true, force: true });
  }
}
