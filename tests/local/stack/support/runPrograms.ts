import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { identities, subscription, tenant } from "../../../../local/azure/landingZone/layout";
import { landingZoneSecret } from "../../../../local/azure/landingZone/secret";
import { LocalAzure } from "../../../../local/azure/localAzure";
import { engineOfThisMachine } from "../../../../local/engine/ensureEngine";
import { silent } from "../../../../local/output/operationLog";
import { startProviders } from "../../../../local/providers/startProviders";
import { CreationJournal } from "../../../../local/stack/creationJournal";
import { openStack } from "../../../../local/stack/drivenStack";
import { runOperation } from "../../../../local/stack/operation";
import type { OperationResult } from "../../../../local/output/operationResult";
import { noPolicies } from "../../../../local/stack/policies";
import { stateDirectory } from "../../../../local/stateDirectory";
import { familyOf } from "../../../engine/support/processes";
import { programs, type ProgramName } from "./refusingPrograms";

/** How a program's run ended, and what it left. */
export interface ProgramRun extends Pick<OperationResult, "ok" | "interrupted"> {
  readonly errors: readonly string[];
  /** As "create made done". */
  readonly steps: readonly string[];
  readonly locks: readonly string[];
  readonly engines: number;
}

export type ProgramRuns = Readonly<Record<`${"preview" | "up"} ${ProgramName}`, ProgramRun>>;

/** Runs every program with the real engine, one after the other, and prints how each ended. Jest hears no rejection. */
async function main(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "programs-"));
  writeFileSync(join(directory, "Pulumi.yaml"), "name: programs\nruntime: nodejs\n");
  writeFileSync(join(directory, "Pulumi.dev.yaml"), "config: {}\n");
  const azure = await LocalAzure.open({ stateDirectory: directory });
  const clientSecret = landingZoneSecret(azure.cloud.stateKey, "deployer");
  const providers = await startProviders({
    proxyUrl: azure.proxyUrl,
    caFile: azure.caFile,
    deployer: { tenantId: tenant.id, clientId: identities.deployer.clientId, clientSecret },
    subscriptionId: subscription.id,
  });
  const state = stateDirectory({ LOCAL_AZURE_DIRECTORY: directory });
  let program: PulumiFn;
  const driven = await openStack({
    engine: await engineOfThisMachine(process.env, () => undefined),
    state,
    project: directory,
    stack: "dev",
    passphrase: "of a test",
    debugProviders: providers.debugProviders,
    config: [],
    program: () => program(),
  });
  const run = async (kind: "preview" | "up", name: ProgramName): Promise<[string, ProgramRun]> => {
    program = programs[name];
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
      engines: familyOf(process.pid).filter(({ command }) => /\/pulumi (preview|up)/.test(command)).length,
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
  await providers.close();
  await azure.close();
  rmSync(directory, { recursive: true, force: true });
  process.stdout.write(JSON.stringify(Object.fromEntries(runs)));
}

void main();
