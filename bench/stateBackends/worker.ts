import "../../local/stack/engineConnection";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalWorkspace, PulumiCommand, type Stack } from "@pulumi/pulumi/automation";
import type { LocalAzure } from "../../local/azure/localAzure";
import { ensureEngine } from "../../local/engine/ensureEngine";
import { daemonAccessProgram } from "../deployment/daemonAccessProgram";
import { openAzure } from "../deployment/openAzure";
import { cpuTime } from "../deployment/processCost";
import { EngineWrapper } from "./engineWrapper";
import { knownOf, madeIn } from "./knowledge";
import type { Run, RunResult } from "./run";
import { StateContainer } from "./stateContainer";
import { type Variant, variants } from "./variant";

/** Updates a new stack in a process of its own, and prints what it cost as one line of JSON. */
async function main({ variant: name, daemons, isKilled = false }: Run): Promise<void> {
  const variant = variants.find((each) => each.name === name);
  if (variant === undefined) throw new Error(`there is no state backend ${name}`);
  const directory = mkdtempSync(join(tmpdir(), "bench-"));
  const { azure, debugProviders, close } = await openAzure({ stateDirectory: join(directory, "azure") });
  try {
    const engine = new EngineWrapper(directory, (await ensureEngine()).command);
    const container = new StateContainer(azure);
    const url = urlOf(variant, directory, container);
    const stack = await createStack(url, engine, daemons, {
      ...container.variables,
      ...variant.settings,
      PULUMI_DEBUG_PROVIDERS: debugProviders,
    });
    if (isKilled) killHalfway(azure, engine, daemons);
    const bytesWritten = (): number => (variant.backend === "file" ? engine.bytesWritten : container.bytesWritten);
    const result = await update(stack, azure, { container, bytesWritten, isKilled });
    process.stdout.write(`${JSON.stringify(result)}\n`);
  } finally {
    await close();
    rmSync(directory, { recursive: true, force: true });
  }
}

function urlOf({ backend }: Variant, directory: string, container: StateContainer): string {
  if (backend === "azblob") return container.url;
  const path = join(directory, "state");
  mkdirSync(path);
  return `file://${path}`;
}

async function createStack(
  url: string,
  { root }: EngineWrapper,
  daemons: number,
  variables: Record<string, string>,
): Promise<Stack> {
  return await LocalWorkspace.createOrSelectStack(
    { projectName: "bench", stackName: "bench", program: daemonAccessProgram(daemons) },
    {
      pulumiCommand: await PulumiCommand.get({ root }),
      projectSettings: { name: "bench", runtime: "nodejs", backend: { url } },
      secretsProvider: "passphrase",
      envVars: {
        PULUMI_CONFIG_PASSPHRASE: "bench",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        // The providers are attached: looking for their plugins would only wait for a network.
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        ...variables,
      },
    },
  );
}

/** Kills the engine when Azure has made half of the service principals, before the engine hears of the last. */
function killHalfway(azure: LocalAzure, engine: EngineWrapper, daemons: number): void {
  let made = 0;
  azure.requests.listen(({ method, path }) => {
    if (method !== "POST" || path !== "/v1.0/servicePrincipals") return;
    made += 1;
    if (made !== Math.ceil(daemons / 2)) return;
    // What the program still has to say to the engine is refused, and a listener of the storage SDK would end this process for it.
    process.removeAllListeners("unhandledRejection").on("unhandledRejection", () => undefined);
    process.kill(engine.pid, "SIGKILL");
  });
}

interface Measured {
  readonly container: StateContainer;
  readonly bytesWritten: () => number;
  readonly isKilled: boolean;
}

async function update(stack: Stack, azure: LocalAzure, measured: Measured): Promise<RunResult> {
  const { container, bytesWritten, isKilled } = measured;
  const made = madeIn(azure);
  const before = { wall: performance.now(), cpu: cpuTime(), requests: container.requests, bytes: bytesWritten() };
  const error = await stack.up().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  const cost = {
    wall: performance.now() - before.wall,
    cpu: cpuTime() - before.cpu,
    requests: container.requests - before.requests,
    bytesWritten: bytesWritten() - before.bytes,
  };
  if (!isKilled && error !== undefined) throw error as Error;
  return { ...cost, known: await knownOf(stack, made) };
}

void main(JSON.parse(process.argv[2] ?? "{}") as Run);
