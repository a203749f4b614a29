import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { program } from "../../../infra/program";
import { identities, subscription, tenant } from "../../../local/azure/landingZone/layout";
import { engineOfThisMachine } from "../../../local/engine/ensureEngine";
import { silent } from "../../../local/output/operationLog";
import { startProviders, type RunningProviders } from "../../../local/providers/startProviders";
import { CreationJournal } from "../../../local/stack/creationJournal";
import { openStack, type DrivenStack } from "../../../local/stack/drivenStack";
import { pruneHistory } from "../../../local/stack/history";
import { runOperation } from "../../../local/stack/operation";
import { noPolicies } from "../../../local/stack/policies";
import { copyProjectFiles } from "../../../local/stack/projectFiles";
import { projectName } from "../../../local/stack/stateFile";
import { projectRoot, stateDirectory, type StateDirectory } from "../../../local/stateDirectory";
import { makeEmptyStack } from "../../support/emptyStack";
import { LocalAzureForTests } from "../../support/localAzure";

const name = "dev";
/** One key a line, so that what the engine adds stays from run to run; dates are strings. */
const yamlOptions = {
  defaultStringType: "QUOTE_DOUBLE",
  defaultKeyType: "PLAIN",
  aliasDuplicateObjects: false,
} as const;

/** What a run did, or meant to do. */
export interface Run {
  readonly ok: boolean;
  /** As "update azure-native.keyvault.Vault kv-daemons", sorted; what stays or is only read is left out. */
  readonly steps: readonly string[];
  readonly errors: readonly string[];
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** The stack's own program, which the real engine deploys onto local Azure with settings that change from run to run. */
export class ChangingStack {
  private constructor(
    readonly local: LocalAzureForTests,
    private readonly state: StateDirectory,
    private readonly project: string,
    private readonly driven: DrivenStack,
    private readonly providers: RunningProviders,
  ) {}

  static async open(): Promise<ChangingStack> {
    const local = await LocalAzureForTests.open({ allowsRetiredServices: true });
    const project = mkdtempSync(join(tmpdir(), "changing-stack-"));
    copyFileSync(join(projectRoot, "Pulumi.yaml"), join(project, "Pulumi.yaml"));
    writeFileSync(join(project, `Pulumi.${name}.yaml`), "{}");
    const state = stateDirectory({ LOCAL_AZURE_DIRECTORY: local.stateDirectory });
    const { clientId } = identities.administrator;
    const providers = await startProviders({
      proxyUrl: local.azure.proxyUrl,
      caFile: local.azure.caFile,
      deployer: { tenantId: tenant.id, clientId, clientSecret: local.secretOf("administrator") },
      subscriptionId: subscription.id,
    });
    makeEmptyStack(state.pulumi.backend, projectName(project), name);
    const driven = await openStack({
      engine: await engineOfThisMachine(process.env, () => undefined),
      state,
      project,
      stack: name,
      passphrase: "of a test",
      debugProviders: providers.debugProviders,
      config: [],
      program,
    });
    // No run is killed here: the state is written at the end of each, which takes a third less of the engine's time.
    driven.stack.workspace.envVars["PULUMI_SKIP_CHECKPOINTS"] = "true";
    return new ChangingStack(local, state, project, driven, providers);
  }

  /** One run with settings, which are read at the moment of local Azure's clock. */
  async run(kind: "up" | "preview", settings: object): Promise<Run> {
    const asOf = this.local.clock.now().toISOString();
    const ours = Object.entries({ asOf, ...settings }).map(([key, value]) => [`azure-daemon-access:${key}`, value]);
    const config = {
      "azure-native:subscriptionId": subscription.id,
      "azure-native:tenantId": tenant.id,
      "azuread:tenantId": tenant.id,
      ...(Object.fromEntries(ours) as object),
    };
    writeFileSync(join(this.project, `Pulumi.${name}.yaml`), stringify({ config }, yamlOptions));
    copyProjectFiles(this.project, this.state.pulumi.work, name);
    try {
      const { ok, errors, steps, outputs } = await runOperation(this.driven.stack, kind, {
        listener: silent,
        signal: new AbortController().signal,
        program: this.driven.program,
        journal: new CreationJournal(this.state.pulumi.journal),
        openCreations: this.providers.openCreations,
        policies: noPolicies,
      });
      return {
        ok,
        steps: steps
          .flatMap(({ op, type, name: of }) => (["same", "read"].includes(op) ? [] : [`${op} ${type} ${of}`]))
          .sort(),
        errors: errors.map(({ message }) => message),
        outputs: outputs ?? {},
      };
    } finally {
      pruneHistory(this.state.pulumi.backend, this.project, name);
    }
  }

  async close(): Promise<void> {
    await this.providers.close();
    await this.local.close();
    rmSync(this.project, { recursive: true, force: true });
  }
}
