import "../../local/stack/engineConnection";
import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { LocalWorkspace, PulumiCommand, type Stack } from "@pulumi/pulumi/automation";
import { ensureEngine } from "../../local/engine/ensureEngine";
import type { LocalAzure } from "../../local/azure/localAzure";
import type { DeploymentCost, Operation, OperationCost } from "./operation";
import { openAzure } from "./openAzure";
import { cpuTime, peakMemoryDuring } from "./processCost";
import type { Life } from "./life";
import { programs } from "./program";
import { criticalPath, type CriticalPath } from "../latency/criticalPath";
import { RequestTimes, type StateResource } from "../latency/requestTimes";

const projectName = "bench";
const stackName = "bench";
/** The same calls take the same time in every run. */
const seed = 1;

/** Lives one stack's life in a process of its own and prints what it cost as one line of JSON. */
async function main(life: Life): Promise<void> {
  const { latency = 0 } = life;
  const directory = mkdtempSync(join(tmpdir(), "bench-"));
  const { azure, debugProviders, close } = await openAzure({
    stateDirectory: join(directory, "azure"),
    conditions: latency === 0 ? {} : { latency: { profile: "azure", factor: latency }, seed },
  });
  try {
    const stack = await createStack(directory, life, debugProviders);
    const cost = await live(stack, azure, join(directory, "state"), life);
    process.stdout.write(`${JSON.stringify(cost)}\n`);
  } finally {
    await close();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function createStack(
  directory: string,
  { program, daemons, latency = 0 }: Life,
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
        // As the local command line has it: no copy of the state at the end of an operation.
        PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true",
        PULUMI_DEBUG_PROVIDERS: debugProviders,
        // As the pipelines have it.
        ...(latency > 0 && { PULUMI_PARALLEL: "32" }),
        NO_PROXY: "127.0.0.1,localhost",
      },
    },
  );
}

async function live(
  stack: Stack,
  azure: LocalAzure,
  stateDirectory: string,
  { endsAfterUp = false }: Life,
): Promise<DeploymentCost> {
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
  const times = new RequestTimes();
  let after: StateAfterUp | undefined;
  const peakMemory = await peakMemoryDuring(async () => {
    if (!endsAfterUp) {
      await run("preview", () => stack.preview());
    }
    const stop = azure.requests.listen(times.add);
    await run("up", () => stack.up());
    stop();
    after = await stateAfterUp(stack, stateDirectory, times);
    if (!endsAfterUp) {
      await run("up, no change", () => stack.up());
      await run("destroy", () => stack.destroy());
    }
  });
  if (after === undefined) {
    throw new Error("there is no state after the update");
  }
  return { ...after, peakMemory, operations: costs as Record<Operation, OperationCost> };
}

interface StateAfterUp {
  readonly resources: number;
  readonly stateBytes: number;
  readonly criticalPath: CriticalPath;
}

async function stateAfterUp(stack: Stack, stateDirectory: string, times: RequestTimes): Promise<StateAfterUp> {
  const { deployment } = (await stack.exportStack()) as { deployment: { resources?: StateResource[] } };
  const { resources = [] } = deployment;
  const file = join(stateDirectory, ".pulumi", "stacks", projectName, `${stackName}.json`);
  return {
    resources: resources.length,
    stateBytes: statSync(file).size,
    criticalPath: criticalPath(times.steps(resources)),
  };
}

void main(JSON.parse(process.argv[2] ?? "{}") as Life);
