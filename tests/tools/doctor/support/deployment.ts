import { join } from "node:path";
import type { Stack } from "@pulumi/pulumi/automation";
import { program } from "../../../../infra/program";
import { subscription } from "../../../../local/azure/landingZone/layout";
import { engineOfThisMachine } from "../../../../local/engine/ensureEngine";
import { startProviders, type RunningProviders } from "../../../../local/providers/startProviders";
import type { DeployerCredentials } from "../../../../local/providers/rest/credentials";
import { openStack } from "../../../../local/stack/drivenStack";
import { stateDirectory } from "../../../../local/stateDirectory";
import type { LocalAzureForTests } from "../../../support/localAzure";

const project = join(__dirname, "..", "..", "..", "..");

/** This project's stack dev, deployed by one deployer on a local Azure in this process. */
export class DevStack {
  private constructor(
    private readonly azure: LocalAzureForTests,
    readonly providers: RunningProviders,
  ) {}

  static async openAs(azure: LocalAzureForTests, deployer: DeployerCredentials): Promise<DevStack> {
    const { proxyUrl, caFile } = azure.azure;
    return new DevStack(azure, await startProviders({ proxyUrl, caFile, deployer, subscriptionId: subscription.id }));
  }

  /** @param config "key=value", in place of settings of the file */
  async stack(...config: readonly string[]): Promise<Stack> {
    const { stack } = await openStack({
      engine: await engineOfThisMachine(process.env, () => undefined),
      state: stateDirectory({ LOCAL_AZURE_DIRECTORY: this.azure.stateDirectory }),
      project,
      stack: "dev",
      passphrase: "test",
      debugProviders: this.providers.debugProviders,
      config,
      program,
    });
    return stack;
  }

  close(): Promise<void> {
    return this.providers.close();
  }
}
