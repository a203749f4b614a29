import { censusOf, devCensus, type Census } from "./support/census";
import { HostedStack } from "./support/hostedStack";
import { RunningCommand } from "./support/processes";

jest.setTimeout(300_000);

let stack: HostedStack;
let before: Census;
beforeEach(async () => {
  stack = await HostedStack.open();
  before = await censusOf(stack.administrator);
});

afterEach(() => stack.close());

it("Ctrl-C finishes what is in flight, says what to do, and the next run makes the rest", async () => {
  const command = new RunningCommand(stack.cli, "up");
  await command.until(/ created azuread\./);
  command.child.kill("SIGINT");
  const { code, stdout, stderr } = await command.ended;
  expect({ code, stderr }).toEqual({ code: 130, stderr: "" });
  expect(stdout).toContain("Interrupted: finishing the resources in flight. Press Ctrl-C again to stop at once.\n");
  expect(stdout.trimEnd()).toMatch(
    /\nup was interrupted after \d+\.\d s\. Run the same command again: it goes on from here\.$/,
  );
  expect(stdout).not.toContain("error");

  const { outputs, verify, changes } = await stack.documentOf("deploy");
  const made = [...stdout.matchAll(/^ {2}\+ created /gm)].length;
  expect(changes["unchanged"]).toBeGreaterThanOrEqual(made);
  expect(verify).toMatchObject({ ok: true, counts: { passed: 10, waiting: 1, failed: 0 } });
  expect(await censusOf(stack.administrator)).toEqual(devCensus(before, outputs?.["forecast-loader.generation"]));
});
