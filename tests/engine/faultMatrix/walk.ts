import * as machinelearning from "@pulumi/azure-native/machinelearningservices";
import { program } from "../../../infra/program";
import { scenarioFrom } from "../../../local/azure/conditions/faults/scenarioFiles";
import {
  identities,
  location,
  resourceGroupId,
  resourceGroups,
  workspace,
} from "../../../local/azure/landingZone/layout";
import { remedyFor } from "../../../local/output/remedies";
import { Administrator } from "../../support/delivery";
import { LocalAzureForTests } from "../../support/localAzure";
import { censusOf, type Census } from "../support/census";
import { DrivenProject } from "../support/drivenProject";
import { absorbed, atDestroy, atRemoval, daemons, goneSecret, ofAnEmptyStack, reportedRows } from "./injections";
import { settings } from "./settings";

/** How one run of the walk ended, as the walk prints it. */
export interface StepEnd {
  /** "undisturbed", "absorbed", "final", "removed", "destroyed", or the row's number. */
  readonly step: string;
  readonly ok: boolean;
  readonly errors: readonly { readonly message: string; readonly remedy?: string | undefined }[];
  /** The scenarios that a request has met, sorted. */
  readonly met: readonly string[];
  readonly census: Census;
}

/** Runs a stack of its own, with another number of daemons each time; with a workspace too where it has all of them. */
class Walk {
  private constructor(
    private readonly local: LocalAzureForTests,
    private readonly project: DrivenProject,
    private readonly size: { daemons: number },
  ) {}

  static async open(): Promise<Walk> {
    const local = await LocalAzureForTests.open({ startsAt: "2026-03-01T09:00:00Z", conditions: { seed: 1 } });
    const contributor = "b24988ac-6180-42a0-ab88-20f7382dd24c";
    await new Administrator(local).assign(group, contributor, identities.deployer.objectId);
    const size = { daemons: 0 };
    const whole = (): ReturnType<typeof program> => {
      if (size.daemons === daemons) makeWorkspace();
      return program();
    };
    const options = { stack: "dev", settings, passphrase: "of a test", program: whole };
    return new Walk(local, await DrivenProject.open(local, options), size);
  }

  async step(step: string, kind: "up" | "destroy", count: number, scenarios: readonly string[] = []): Promise<void> {
    const { faults, injections } = this.local.azure;
    for (const name of scenarios) faults.enact(scenarioFrom(name));
    const before = injections.records.length;
    this.size.daemons = count;
    const added = Array.from({ length: count - 1 }, (_, index) => overridesOf(index + 1)).flat();
    const { ok, errors } = await this.project.run(kind, ...added);
    const told = errors.map((error) => ({ message: error.message, remedy: remedyFor(error) }));
    const met = [...new Set(injections.records.slice(before).map(({ scenario }) => scenario))].sort();
    faults.clear();
    // Azure's own operations in progress end before the next run.
    this.local.clock.advance({ minutes: 1 });
    const end: StepEnd = { step, ok, errors: told, met, census: await censusOf(new Administrator(this.local)) };
    process.stdout.write(`${JSON.stringify(end)}\n`);
  }

  async close(): Promise<void> {
    await this.local.close();
    this.project.remove();
  }
}

const group = resourceGroupId(resourceGroups.daemons);

/** Of a program that makes one beside its daemons: this project's own makes none. */
function makeWorkspace(): void {
  const linked = `${resourceGroupId(resourceGroups.machineLearning)}/providers`;
  new machinelearning.Workspace("mlw-daemons", {
    workspaceName: "mlw-daemons",
    resourceGroupName: resourceGroups.daemons,
    location,
    identity: { type: "SystemAssigned" },
    sku: { name: "Basic", tier: "Basic" },
    keyVault: `${linked}/Microsoft.KeyVault/vaults/${workspace.vault}`,
    storageAccount: `${linked}/Microsoft.Storage/storageAccounts/${workspace.storageAccount}`,
  });
}

const overridesOf = (index: number): string[] => [
  `daemons[${index}].name=daemon-${index}`,
  `daemons[${index}].secret.rotation.startsAt=2026-01-01T00:00:00Z`,
  `daemons[${index}].graph.permissions[0]=User.Read.All`,
];

async function walked(steps: (walk: Walk) => Promise<void>): Promise<void> {
  const walk = await Walk.open();
  try {
    await steps(walk);
  } finally {
    await walk.close();
  }
}

/** In a process of its own: a program's rejections are heard there. Jest hears none. */
async function main(): Promise<void> {
  await walked((walk) => walk.step("undisturbed", "up", daemons));
  await walked(async (walk) => {
    await walk.step(String(ofAnEmptyStack.row), "up", 1, [ofAnEmptyStack.scenario]);
    await walk.step("absorbed", "up", daemons, absorbed);
  });
  await walked(async (walk) => {
    for (const [index, { row, scenario }] of reportedRows.entries()) {
      await walk.step(String(row), "up", index + 1, [scenario]);
    }
    await walk.step("final", "up", daemons);
    await walk.step("19", "up", daemons - 1, [atRemoval]);
    await walk.step("20", "up", daemons - 1, [goneSecret]);
    await walk.step("28", "destroy", daemons - 1, [atDestroy]);
    await walk.step("destroyed", "destroy", daemons - 1);
  });
}

if (require.main === module) void main();
