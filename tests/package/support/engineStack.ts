import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { LocalWorkspace, type PulumiFn, type Stack } from "@pulumi/pulumi/automation";
import { engineCommand } from "../../support/engineCommand";
import { identities, subscription, tenant } from "../../../local/azure/landingZone/layout";
import { startProviders } from "../../../local/providers/startProviders";
import { LocalAzureForTests } from "../../support/localAzure";
import type { PluginProcess } from "./pluginProcess";

/** A stack of a program that knows the components only through the plugin, on the real engine and local Azure. */
export interface EngineStack {
  readonly stack: Stack;
  close(): Promise<void>;
}

export async function openEngineStack(plugin: PluginProcess, program: PulumiFn): Promise<EngineStack> {
  const local = await LocalAzureForTests.open();
  const { proxyUrl, caFile } = local.azure;
  const { clientId } = identities.deployer;
  const deployer = { tenantId: tenant.id, clientId, clientSecret: local.secretOf("deployer") };
  const providers = await startProviders({ proxyUrl, caFile, deployer, subscriptionId: subscription.id });
  const backend = join(local.stateDirectory, "backend");
  mkdirSync(backend, { recursive: true });
  const stack = await LocalWorkspace.createOrSelectStack(
    { stackName: "test", projectName: "consumer", program },
    {
      pulumiCommand: await engineCommand(),
      projectSettings: { name: "consumer", runtime: "nodejs", backend: { url: `file://${backend}` } },
      envVars: {
        NO_PROXY: "127.0.0.1,localhost",
        PULUMI_DEBUG_PROVIDERS: `${providers.debugProviders},azure-daemon-access:${plugin.port}`,
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_CONFIG_PASSPHRASE: "the consumer's passphrase",
      },
    },
  );
  return {
    stack,
    close: async () => {
      await providers.close();
      await local.close();
    },
  };
}
