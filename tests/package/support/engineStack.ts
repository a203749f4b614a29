import { join } from "node:path";
import type { PulumiFn, Stack } from "@pulumi/pulumi/automation";
import { automationStack } from "../../support/automationStack";
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
  const stack = await automationStack({
    project: "consumer",
    stack: "test",
    program,
    backend: join(local.stateDirectory, "backend"),
    debugProviders: `${providers.debugProviders},azure-daemon-access:${plugin.port}`,
    passphrase: "the consumer's passphrase",
  });
  return {
    stack,
    close: async () => {
      await providers.close();
      await local.close();
    },
  };
}
