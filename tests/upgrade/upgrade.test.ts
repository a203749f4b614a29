import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { mergeOptions, runtime, type Alias } from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { program } from "../../infra/program";
import { DrivenProject } from "../engine/support/drivenProject";
import type { OperationResult } from "../../local/output/operationResult";
import type { JsonReport } from "../../tools/verify/report";
import { runVerify } from "../support/toolCommand";
import { LocalAzureForTests } from "../support/localAzure";
import release from "./fixture/release.json";

jest.setTimeout(300_000);

const fixture = join(__dirname, "fixture/state");
const stack = "upgrade";
const stateFile = `pulumi/state/.pulumi/stacks/azure-daemon-access/${stack}.json`;
const settings = readFileSync(join(__dirname, `Pulumi.${stack}.yaml`), "utf8");

/** Past the minute of the deployment, so that what it made is valid. */
const anHourLater = release.deployedAt.replace("T12:", "T13:");

/** A name or a type that a resource has today, and had not in the last release. */
interface Renaming {
  /** In the words of a URN's end, or a type. */
  readonly today: string;
  readonly before: string;
  readonly alias: Alias;
  readonly applies: (resource: { readonly type: string; readonly name: string }) => boolean;
}

interface Upgrade {
  readonly local: LocalAzureForTests;
  readonly project: DrivenProject;
}

/** The last release's stack, with today's code. @param before changes the engine's state before it is opened */
async function lastRelease(today: PulumiFn = program, before = (text: string) => text): Promise<Upgrade> {
  const local = await LocalAzureForTests.open({ copyOf: fixture, startsAt: anHourLater });
  const file = join(local.stateDirectory, stateFile);
  writeFileSync(file, before(readFileSync(file, "utf8")));
  const { passphrase } = release;
  return { local, project: await DrivenProject.open(local, { stack, settings, passphrase, program: today }) };
}

async function close({ local, project }: Upgrade): Promise<void> {
  project.remove();
  await local.close();
}

/** Today's program, whose resource carries the alias of what it was. */
const withAlias =
  ({ applies, alias }: Renaming): PulumiFn =>
  () => {
    runtime.registerStackTransformation(({ type, name, props, opts }) =>
      applies({ type, name }) ? { props, opts: mergeOptions(opts, { aliases: [alias] }) } : undefined,
    );
    return program();
  };

/** The last release's state, as if the resource had had the other name or type. */
const asBefore =
  ({ today, before }: Renaming) =>
  (state: string): string => {
    expect(state).toContain(today);
    return state.replaceAll(today, before);
  };

/** What a run takes away: what is deleted, and what is made anew in place of what was there. */
const lossesOf = ({ steps }: OperationResult): string[] =>
  steps.flatMap(({ op, type, name }) => (/delete|replac/.test(op) ? [`${op} ${type} ${name}`] : [])).sort();

/** What a preview takes away, and what makes it fail. */
async function preview(today?: PulumiFn, before?: (text: string) => string) {
  const upgrade = await lastRelease(today, before);
  try {
    const result = await upgrade.project.run("preview");
    return { errors: result.errors, losses: lossesOf(result) };
  } finally {
    await close(upgrade);
  }
}

describe(`the stack that version ${release.version} deployed, with today's code`, () => {
  let upgrade: Upgrade;
  beforeAll(async () => {
    upgrade = await lastRelease();
  });
  afterAll(() => close(upgrade));

  it("previews without a replacement or a deletion", async () => {
    const planned = await upgrade.project.run("preview");
    expect({ errors: planned.errors, losses: lossesOf(planned) }).toEqual({ errors: [], losses: [] });
    expect(planned.steps.length).toBeGreaterThan(30);
  });

  it("is updated, and its credentials work", async () => {
    const { errors, outputs } = await upgrade.project.run("up");
    expect(errors).toEqual([]);
    const { stdout } = await runVerify(
      upgrade.local,
      "consumer",
      "--vault",
      String(outputs?.["vaultUri"]),
      "--wait",
      "0",
      "--json",
    );
    const { checks } = JSON.parse(stdout) as JsonReport;
    const resultsOf = (each: string): string[] =>
      checks.flatMap(({ daemon, result }) => (daemon === each ? result : []));
    expect(resultsOf("forecast-loader")).toEqual(Array(7).fill("passed"));
    expect(resultsOf("report-mailer")).toEqual(Array(3).fill("passed"));
  });

  it("has nothing to change after that", async () => {
    const { steps } = await upgrade.project.run("preview");
    expect(steps.filter(({ op }) => op !== "same")).toEqual([]);
  });
});

describe("the upgrade test", () => {
  it.each<[string, Renaming, string]>([
    [
      "a child's name",
      {
        today: `::forecast-loader-generation-3"`,
        before: `::forecast-loader-secret-3"`,
        alias: { name: "forecast-loader-secret-3" },
        applies: ({ name }) => name === "forecast-loader-generation-3",
      },
      "delete azuread.ApplicationPassword forecast-loader-secret-3",
    ],
    [
      "a component's type",
      {
        today: "azure-daemon-access:index:CredentialVault",
        before: "azure-daemon-access:index:SecretVault",
        alias: { type: "azure-daemon-access:index:SecretVault" },
        applies: ({ type }) => type === "azure-daemon-access:index:CredentialVault",
      },
      "delete azure-native.keyvault.Vault kv-daemons",
    ],
  ])("fails where %s changes, and passes with an alias", async (_what, renaming, loss) => {
    expect((await preview(program, asBefore(renaming))).losses).toContain(loss);
    expect(await preview(withAlias(renaming), asBefore(renaming))).toEqual({ errors: [], losses: [] });
  });
});
