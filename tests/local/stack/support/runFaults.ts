import { copyFileSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { program } from "../../../../infra/program";
import { landingZoneSecret } from "../../../../local/azure/landingZone/secret";
import { LocalAzure } from "../../../../local/azure/localAzure";
import type { AzureRequest } from "../../../../local/azure/http/message";
import type { Fault } from "../../../../local/azure/conditions/faults/fault";
import { engineOfThisMachine } from "../../../../local/engine/ensureEngine";
import { type OperationKind, silent } from "../../../../local/output/operationLog";
import type { OperationResult } from "../../../../local/output/operationResult";
import { startProviders } from "../../../../local/providers/startProviders";
import { CreationJournal } from "../../../../local/stack/creationJournal";
import { openStack } from "../../../../local/stack/drivenStack";
import { runOperation } from "../../../../local/stack/operation";
import { noPolicies } from "../../../../local/stack/policies";
import { projectName } from "../../../../local/stack/stateFile";
import { projectRoot, stateDirectory } from "../../../../local/stateDirectory";
import { handWritten } from "./handWritten";
import { familyOf } from "../../../engine/support/processes";
import { makeEmptyStack } from "../../../support/emptyStack";
import { asLandingZoneDeployer } from "../../../../local/providers/asLandingZoneDeployer";

/** What one run is faced with. */
export interface Trial {
  readonly operation: "preview" | "up" | "refresh" | "destroy";
  /** Whose program: the stack's own, or a hand-written one. */
  readonly program: "own" | "foreign" | "protected";
  /** Which of the run's requests fails, the first being 0; and every later one like it. */
  readonly request: number;
  /** A status, a lost answer, or none ever. */
  readonly fault: number | "drop" | "silence";
  /** "key=value" in place of the dev stack's settings. */
  readonly settings: readonly string[];
}

export interface TrialEnd {
  readonly trial: Trial;
  readonly ok: boolean;
  readonly errors: readonly string[];
  /** As "delete mailer". */
  readonly steps: readonly string[];
  readonly seconds: number;
  /** The request that failed, where the run came as far as that. */
  readonly hit: string | undefined;
  readonly left: { readonly locks: number; readonly engines: number };
}

/** No answer for so long, and a provider gives up, milliseconds. A busy machine answers late, too. */
const answerTime = { awaitsNone: 2000, otherwise: 30_000 };
export const marker = "InjectedFault";

async function run(trial: Trial): Promise<TrialEnd> {
  const directory = mkdtempSync(join(tmpdir(), "faults-"));
  for (const name of ["Pulumi.yaml", "Pulumi.dev.yaml"]) copyFileSync(join(projectRoot, name), join(directory, name));
  const azure = await LocalAzure.open({ stateDirectory: join(directory, "azure") });
  const clientSecret = landingZoneSecret(azure.cloud.stateKey, "deployer");
  const providers = await startProviders({
    ...asLandingZoneDeployer(azure, clientSecret),
    answerTime: trial.fault === "silence" ? answerTime.awaitsNone : answerTime.otherwise,
  });
  const state = stateDirectory({ LOCAL_AZURE_DIRECTORY: join(directory, "azure") });
  try {
    makeEmptyStack(state.pulumi.backend, projectName(directory), "dev");
    const driven = await openStack({
      engine: await engineOfThisMachine(process.env, () => undefined),
      state,
      project: directory,
      stack: "dev",
      passphrase: "of a test",
      debugProviders: providers.debugProviders,
      config: trial.settings,
      program: trial.program === "own" ? program : () => handWritten(trial.program === "protected"),
    });
    const operate = (operation: OperationKind): Promise<OperationResult> =>
      runOperation(driven.stack, operation, {
        listener: silent,
        signal: new AbortController().signal,
        program: driven.program,
        journal: new CreationJournal(state.pulumi.journal),
        openCreations: providers.openCreations,
        policies: noPolicies,
      });
    if (trial.operation === "refresh" || trial.operation === "destroy") {
      const deployed = await operate("up");
      if (!deployed.ok) throw new Error(deployed.errors.map(({ message }) => message).join("\n"));
    }
    const planted = plant(trial);
    azure.faults.add(planted.fault);
    const { ok, errors, steps, seconds } = await operate(trial.operation);
    const files = readdirSync(state.pulumi.backend, { recursive: true, encoding: "utf8" });
    return {
      trial,
      ok,
      seconds,
      errors: errors.map(({ message }) => message),
      steps: steps.map(({ op, name }) => `${op} ${name}`),
      hit: planted.hit(),
      left: {
        locks: files.filter((file) => /locks.*\.json$/.test(file)).length,
        engines: familyOf(process.pid).filter(({ command }) => /\/pulumi (preview|up|refresh|destroy)/.test(command))
          .length,
      },
    };
  } finally {
    await providers.close();
    await azure.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

function plant({ request, fault }: Trial): { readonly fault: Fault; readonly hit: () => string | undefined } {
  let seen = 0;
  let hit: string | undefined;
  const keyOf = ({ method, host, path }: AzureRequest): string => `${method} ${host}${path}`;
  return {
    hit: () => hit,
    fault: {
      times: Number.POSITIVE_INFINITY,
      matches: (each) => {
        if (seen === request) hit ??= keyOf(each);
        seen += 1;
        return keyOf(each) === hit;
      },
      answer:
        typeof fault === "number"
          ? { status: fault, headers: { "retry-after": "0" }, body: { error: { code: marker, message: "No." } } }
          : fault,
    },
  };
}

/** Runs each trial on a local Azure of its own, and prints how it ended as a line. Jest hears no rejection. */
async function main(trials: readonly Trial[]): Promise<void> {
  for (const trial of trials) process.stdout.write(`${JSON.stringify(await run(trial))}\n`);
}

if (require.main === module) void main(JSON.parse(process.argv[2] ?? "[]") as Trial[]);
