import { rmSync } from "node:fs";
import { scenarioFrom, scenarioNames } from "../../../local/azure/conditions/faults/scenarioFiles";
import { resourceGroupId, resourceGroups } from "../../../local/azure/landingZone/layout";
import type { Finished } from "../../local/cli/commandLine";
import { runVerify } from "../../support/toolCommand";
import { soaking } from "../../support/soak";
import { HostedStack } from "../support/hostedStack";
import { endStateOf, type EndState } from "../crash/support/endState";
import type { MatrixRow } from "../faultMatrix/matrixTable";
import { matrix } from "../faultMatrix/rows";
import { scenarioEnds, starts, type ScenarioEnd } from "./ends";

jest.setTimeout(300_000);

/** In a soak every scenario, else one of each end. */
const sample = ["arm-vault-registering", "sign-in-deployer-refused"];
const walked = Object.entries(scenarioEnds).filter(([name]) => soaking || sample.includes(name));

const made = new Map<ScenarioEnd["start"], Promise<string>>();

const madeAnew: string[] = [];

/** A closed state directory: made once, but for a verify that waits, which it does only for a credential that is new. */
async function startOf({ start, command }: ScenarioEnd): Promise<string> {
  if (command === "patient verify") {
    const fresh = await make(start);
    madeAnew.push(fresh);
    return fresh;
  }
  const directory = made.get(start) ?? make(start);
  made.set(start, directory);
  return directory;
}

async function make(start: ScenarioEnd["start"]): Promise<string> {
  const stack = await HostedStack.open();
  await starts[start](stack);
  await stack.close({ keepsState: true });
  return stack.state.path;
}

afterAll(async () => {
  for (const directory of [...madeAnew, ...(await Promise.all(made.values()))]) rmSync(directory, { recursive: true });
});

const ends = new Map<string, Promise<EndState>>();

/** What a command that nothing disturbs leaves. Run once for each start and command. */
function undisturbedEnd(expected: ScenarioEnd): Promise<EndState> {
  const key = `${expected.start}, ${expected.command}`;
  const end = ends.get(key) ?? undisturbed(expected);
  ends.set(key, end);
  return end;
}

async function undisturbed(expected: ScenarioEnd): Promise<EndState> {
  const stack = await HostedStack.open({ copyOf: await startOf(expected), conditions: { seed: 1 } });
  try {
    expect((await run(stack, expected.command)).code).toBe(0);
    return await endStateOf(stack);
  } finally {
    await stack.close();
  }
}

/** How many versions all secrets have. */
const countOf = ({ versions }: EndState): number => Object.values(versions).reduce((sum, count) => sum + count, 0);

async function run(stack: HostedStack, command: ScenarioEnd["command"]): Promise<Finished> {
  if (command !== "patient verify") return stack.cli.run(command);
  return runVerify(stack.local, "consumer", "--vault", await vaultOf(stack), "--wait", "120");
}

async function vaultOf({ administrator }: HostedStack): Promise<string> {
  const { value } = (await administrator.arm(
    "GET",
    `${resourceGroupId(resourceGroups.daemons)}/resources`,
    "2021-04-01",
  )) as {
    readonly value: readonly { readonly name: string; readonly type: string }[];
  };
  const vault = value.find(({ type }) => type === "Microsoft.KeyVault/vaults");
  return `https://${vault?.name ?? ""}.vault.azure.net/`;
}

it("has the end of every scenario that comes with local Azure", () => {
  expect(Object.keys(scenarioEnds)).toEqual([...scenarioNames()].sort());
});

it("agrees with the table of faults on the end of each row that is a scenario", () => {
  const ofRow = ({ end, unmet }: ScenarioEnd): MatrixRow["end"] =>
    unmet !== undefined ? "never happens" : end === "green" ? "absorbed" : "reported";
  for (const { row, scenario, end, test } of matrix) {
    const own = scenario === undefined ? undefined : scenarioEnds[scenario];
    const isWalkedHere = own !== undefined && test === "tests/engine/scenarios/scenarios.test.ts";
    expect({ row, isKnown: scenario === undefined || own !== undefined }).toEqual({ row, isKnown: true });
    if (isWalkedHere) expect({ row, end: ofRow(own) }).toEqual({ row, end });
  }
});

it.each(walked)(
  "%s: a run ends as the scenario says, and the same command is green afterwards and leaves what an undisturbed one does",
  async (name, expected) => {
    const stack = await HostedStack.open({ copyOf: await startOf(expected), conditions: { seed: 1 } });
    const { azure } = stack.local;
    try {
      azure.faults.enact(scenarioFrom(name));
      const result = await run(stack, expected.command);
      azure.faults.clear();
      const told = `${result.stdout}${result.stderr}`;
      const isMet = azure.injections.records.length > 0;
      expect({ name, isMet, told: isMet ? "" : told }).toMatchObject({ isMet: expected.unmet === undefined });
      if (expected.end === "green") expect({ code: result.code, told }).toEqual({ code: 0, told });
      if (typeof expected.end === "object") {
        expect(told).toMatch(expected.end.stops);
        expect(told).toMatch(/^ *remedy +\S/im);
        expect(result.code).not.toBe(0);
      }
      expect((await run(stack, expected.command)).code).toBe(0);
      const left = await endStateOf(stack);
      const end = await undisturbedEnd(expected);
      if (expected.extraVersions === undefined) expect(left).toEqual(end);
      else {
        const versions = countOf(end) + expected.extraVersions;
        expect({ ...left, versions: countOf(left) }).toEqual({ ...end, versions });
      }
    } finally {
      await stack.close();
    }
  },
);
