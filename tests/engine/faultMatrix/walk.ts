import { program } from "../../../infra/program";
import { remedyFor } from "../../../local/output/remedies";
import { Administrator } from "../../support/delivery";
import { LocalAzureForTests } from "../../support/localAzure";
import { censusOf, type Census } from "../support/census";
import { DrivenProject } from "../support/drivenProject";
import { absorbed, atDestroy, atRemoval, daemons, goneSecret, reportedRows } from "./injections";
import type { Fault } from "../../../local/azure/conditions/faults/fault";
import { settings } from "./settings";

/** How one run of the walk ended, as the walk prints it. */
export interface StepEnd {
  /** "undisturbed", "absorbed", "final", "removed", "destroyed", or the row's number. */
  readonly step: string;
  readonly ok: boolean;
  readonly errors: readonly { readonly message: string; readonly remedy?: string | undefined }[];
  /** Faults that no request has met. */
  readonly left: number;
  readonly census: Census;
}

/** Runs a stack of its own, with another number of daemons each time. */
class Walk {
  private constructor(
    private readonly local: LocalAzureForTests,
    private readonly project: DrivenProject,
  ) {}

  static async open(): Promise<Walk> {
    const local = await LocalAzureForTests.open({ startsAt: "2026-03-01T09:00:00Z" });
    return new Walk(
      local,
      await DrivenProject.open(local, { stack: "dev", settings, passphrase: "of a test", program }),
    );
  }

  async step(step: string, kind: "up" | "destroy", count: number, injected: readonly Fault[] = []): Promise<void> {
    const { faults } = this.local.azure;
    for (const fault of injected) faults.add(fault);
    const added = Array.from({ length: count - 1 }, (_, index) => overridesOf(index + 1)).flat();
    const { ok, errors } = await this.project.run(kind, ...added);
    const told = errors.map((error) => ({ message: error.message, remedy: remedyFor(error) }));
    const left = faults.left;
    faults.clear();
    const end: StepEnd = { step, ok, errors: told, left, census: await censusOf(new Administrator(this.local)) };
    process.stdout.write(`${JSON.stringify(end)}\n`);
  }

  async close(): Promise<void> {
    await this.local.close();
    this.project.remove();
  }
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
  await walked((walk) => walk.step("absorbed", "up", daemons, absorbed));
  await walked(async (walk) => {
    for (const [index, { row, faults }] of reportedRows.entries()) {
      await walk.step(String(row), "up", index + 1, faults);
    }
    await walk.step("final", "up", daemons);
    await walk.step("19", "up", daemons - 1, [atRemoval]);
    await walk.step("20", "up", daemons - 1, [goneSecret]);
    await walk.step("28", "destroy", daemons - 1, [atDestroy]);
    await walk.step("destroyed", "destroy", daemons - 1);
  });
}

if (require.main === module) void main();
