import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { landingZoneSecret } from "../../../../local/azure/landingZone/secret";
import { LocalAzure } from "../../../../local/azure/localAzure";
import { engineOfThisMachine } from "../../../../local/engine/ensureEngine";
import { type OperationKind, silent } from "../../../../local/output/operationLog";
import { startProviders } from "../../../../local/providers/startProviders";
import { CreationJournal } from "../../../../local/stack/creationJournal";
import { clearAbandoned } from "../../../../local/stack/abandoned";
import { type DrivenStack, openStack } from "../../../../local/stack/drivenStack";
import { runOperation } from "../../../../local/stack/operation";
import type { OperationResult } from "../../../../local/output/operationResult";
import { noPolicies } from "../../../../local/stack/policies";
import { stateDirectory } from "../../../../local/stateDirectory";
import { familyOf } from "../../../engine/support/processes";
import { programs, type ProgramName } from "./refusingPrograms";
import { asLandingZoneDeployer } from "../../../../local/providers/asLandingZoneDeployer";

// The SDK's types leave these out.
const load = createRequire(__filename);
const { grpcClientOptions } = load("@pulumi/pulumi/runtime/settings") as {
  readonly grpcClientOptions: grpc.ClientOptions;
};
const { getStore } = load("@pulumi/pulumi/runtime/state") as {
  readonly getStore: () => { readonly settings: { readonly options: Record<"engineAddr" | "monitorAddr", string> } };
};

/** How a program's run ended, and what it left. */
export interface ProgramRun extends Pick<OperationResult, "ok" | "interrupted"> {
  readonly errors: readonly string[];
  /** As "create made done". */
  readonly steps: readonly string[];
  readonly locks: readonly string[];
  readonly engines: number;
}

export type ProgramRuns = Readonly<
  Record<
    | `${"preview" | "up"} ${ProgramName}`
    | `${"refresh" | "destroy"} nothing settles`
    | `up without ${"engineAddr" | "monitorAddr"}`,
    ProgramRun
  >
>;

/** Providers that answer no call of the engine, once it has found them. */
async function silentProviders(): Promise<{ readonly debugProviders: string; readonly close: () => void }> {
  const server = new grpc.Server();
  const calls = Object.keys(ResourceProviderService)
    .filter((call) => call !== "handshake")
    .map((call) => [call, () => undefined]);
  const attach: grpc.handleUnaryCall<unknown, Empty> = (_call, respond) => {
    respond(null, new Empty());
  };
  const unanswered = Object.fromEntries(calls) as grpc.UntypedServiceImplementation;
  server.addService(ResourceProviderService, { ...unanswered, attach });
  const port = await promisify(server.bindAsync.bind(server))("127.0.0.1:0", grpc.ServerCredentials.createInsecure());
  return {
    debugProviders: ["azuread", "azure-native"].map((name) => `${name}:${port}`).join(","),
    close: () => {
      server.forceShutdown();
    },
  };
}

/**
 * Programs don't reach one of the engine's two services from here on.
 *
 * @returns lets them reach it again
 */
function cutOff(service: "engineAddr" | "monitorAddr"): () => void {
  grpcClientOptions.channelFactoryOverride = (target, credentials, options) => {
    const address = getStore().settings.options[service];
    const forChannel = { ...options, channelFactoryOverride: undefined };
    return new grpc.Channel(target === address ? "127.0.0.1:9" : target, credentials, forChannel);
  };
  return () => {
    delete grpcClientOptions.channelFactoryOverride;
  };
}

/** Runs every program with the real engine, one after the other, and prints how each ended. Jest hears no rejection. */
async function main(): Promise<void> {
  // As Azure's SDK for storage does when it first computes a checksum.
  for (const event of ["uncaughtException", "unhandledRejection"]) {
    process.on(event, (error) => {
      throw error;
    });
  }
  const directory = mkdtempSync(join(tmpdir(), "programs-"));
  writeFileSync(join(directory, "Pulumi.yaml"), "name: programs\nruntime: nodejs\n");
  writeFileSync(join(directory, "Pulumi.dev.yaml"), "config: {}\n");
  const azure = await LocalAzure.open({ stateDirectory: directory });
  const clientSecret = landingZoneSecret(azure.cloud.stateKey, "deployer");
  const providers = await startProviders({
    ...asLandingZoneDeployer(azure, clientSecret),
  });
  const state = stateDirectory({ LOCAL_AZURE_DIRECTORY: directory });
  let program: PulumiFn;
  const open = async (debugProviders: string): Promise<DrivenStack> =>
    openStack({
      engine: await engineOfThisMachine(process.env, () => undefined),
      state,
      project: directory,
      stack: "dev",
      passphrase: "of a test",
      debugProviders,
      config: [],
      program: () => program(),
    });
  const usual = await open(providers.debugProviders);
  const run = async (kind: OperationKind, name: string, driven = usual): Promise<[string, ProgramRun]> => {
    program = programs[name as ProgramName];
    // As every command does: the one before may have had to kill its engine.
    await clearAbandoned(state.pulumi.backend, () => undefined);
    const { errors, steps, ok, interrupted } = await runOperation(driven.stack, kind, {
      listener: silent,
      signal: new AbortController().signal,
      program: driven.program,
      journal: new CreationJournal(state.pulumi.journal),
      openCreations: providers.openCreations,
      policies: noPolicies,
      ...(name.endsWith("nothing settles") && { longestStill: 2_000 }),
    });
    const files = readdirSync(state.pulumi.backend, { recursive: true, encoding: "utf8" });
    const ended: ProgramRun = {
      ok,
      interrupted,
      errors: errors.map(({ message }) => message),
      steps: steps.map(({ op, name: resource, status }) => `${op} ${resource} ${status}`),
      locks: files.filter((file) => /locks.*\.json$/.test(file)),
      engines: familyOf(process.pid).filter(({ command }) => /\/pulumi (preview|up|refresh|destroy)/.test(command))
        .length,
    };
    return [`${kind} ${name}`, ended];
  };
  const runs: [string, ProgramRun][] = [];
  for (const name of Object.keys(programs) as ProgramName[]) {
    runs.push(await run("preview", name));
  }
  for (const name of [
    "what waits for a resource",
    "nothing",
    "an existing application whose ID another resource tells",
  ] as const) {
    runs.push(await run("up", name));
  }
  for (const service of ["engineAddr", "monitorAddr"] as const) {
    const reach = cutOff(service);
    const [, unconnected] = await run("up", "nothing");
    runs.push([`up without ${service}`, unconnected]);
    reach();
  }
  const unanswering = await silentProviders();
  const deaf = await open(unanswering.debugProviders);
  for (const kind of ["refresh", "destroy"] as const) runs.push(await run(kind, "nothing settles", deaf));
  unanswering.close();
  await providers.close();
  await azure.close();
  rmSync(directory, { recursive: true, force: true });
  process.stdout.write(JSON.stringify(Object.fromEntries(runs)));
}

void main();
