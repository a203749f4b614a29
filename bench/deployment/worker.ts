import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { LocalWorkspace, PulumiCommand, type Stack } from "@pulumi/pulumi/automation";
import { ensureEngine } from "../../local/engine/ensureEngine";
import { LocalAzure } from "../../local/azure/localAzure";
import { identities, subscription, tenant } from "../../local/azure/landingZone/layout";
import { landingZoneSecret } from "../../local/azure/landingZone/secret";
import { startProviders } from "../../local/providers/startProviders";
import type { DeploymentCost, Operation, OperationCost } from "./operation";
import { cpuTime, peakMemoryDuring } from "./processCost";
import { programs, type ProgramName } from "./program";

const projectName = "bench";
const stackName = "bench";

/** Lives one stack's life in a process of its own and prints what it cost as one line of JSON. */
async function main(program: ProgramName, daemons: number): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "bench-"));
  const azure = await LocalAzure.open({ stateDirectory: join(directory, "azure") });
  const deployer = {
    tenantId: tenant.id,
    clientId: identities.deployer.clientId,
    clientSecret: landingZoneSecret(azure.cloud.stateKey, "deployer"),
  };
  const providers = await startProviders({
    proxyUrl: azure.proxyUrl,
    caFile: azure.caFile,
    deployer,
    subscriptionId: subscription.id,
  });
  try {
    const stack = await createStack(directory, program, daemons, providers.debugProviders);
    const cost = await live(stack, azure, join(directory, "state"));
    process.stdout.write(`${JSON.stringify(cost)}\n`);
  } finally {
    await providers.close();
    await azure.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function createStack(
  directory: string,
  program: ProgramName,
  daemons: number,
  debugProviders: string,
): Promise<Stack> {
  const engine = await ensureEngine();
  const command = await PulumiCommand.get({ root: dirname(dirname(engine.command)) });
  const stateDirectory = join(directory, "state");
  mkdirSync(stateDirectory);
  return LocalWorkspace.createOrSelectStack(
    { projectName, stackName, program: programs[program](daemons) },
    {
      pulumiCommand: command,
      projectSettings: { name: projectName, runtime: "nodejs", backend: { url: `file://${stateDirectory}` } },
      secretsProvider: "passphrase",
      envVars: {
        PULUMI_CONFIG_PASSPHRASE: "bench",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        // The providers are attached: looking for their plugins would only wait for a network.
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        // As the local command line has it: one write of the state a step, not two.
        PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true",
        PULUMI_DEBUG_PROVIDERS: debugProviders,
        NO_PROXY: "127.0.0.1,localhost",
      },
    },
  );
}

async function live(stack: Stack, azure: LocalAzure, stateDirectory: string): Promise<DeploymentCost> {
  const costs: Partial<Record<Operation, OperationCost>> = {};
  let requests = 0;
  azure.requests.listen(() => (requests += 1));
  const run = async (operation: Operation, work: () => Promise<unknown>): Promise<void> => {
    const before = { wall: performance.now(), cpu: cpuTime(), requests };
    await work();
    costs[operation] = {
      wall: performance.now() - before.wall,
      cpu: cpuTime() - before.cpu,
      requests: requests - before.requests,
    };
  };
  let after = { resources: 0, stateBytes: 0 };
  const peakMemory = await peakMemoryDuring(async () => {
    await run("preview", () => stack.preview());
    await run("up", () => stack.up());
    after = await stateSize(stack, stateDirectory);
    await run("up, no change", () => stack.up());
    await run("destroy", () => stack.destroy());
  });
  return { ...after, peakMemory, operations: costs as Record<Operation, OperationCost> };
}

async function stateSize(stack: Stack, stateDirectory: string): Promise<{ resources: number; stateBytes: number }> {
  const { deployment } = (await stack.exportStack()) as { deployment: { resources?: unknown[] } };
  const file = join(stateDirectory, ".pulumi", "stacks", projectName, `${stackName}.json`);
  return { resources: deployment.resources?.length ?? 0, stateBytes: statSync(file).size };
}

const [program, daemons] = process.argv.slice(2);
void main(program as ProgramName, Number(daemons));
