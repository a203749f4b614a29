import type { AzureRequest } from "../../local/azure/http/message";
import { censusOf, devCensus, type Census } from "./support/census";
import { HostedStack } from "./support/hostedStack";
import { engineOf, isRunning, RunningCommand } from "./support/processes";

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
  expect(stdout).toContain(
    "Interrupted: finishing the operations in progress. Press Ctrl-C again to stop immediately.\n",
  );
  expect(stdout.trimEnd()).toMatch(
    /\nup was interrupted after \d+\.\d s\. Run the same command again: it continues from there\.$/,
  );
  expect(stdout).not.toContain("error");

  const { outputs, verify, changes } = await stack.documentOf("deploy");
  const made = [...stdout.matchAll(/^ {2}\+ created /gm)].length;
  expect(changes["unchanged"]).toBeGreaterThanOrEqual(made);
  expect(verify).toMatchObject({ ok: true, counts: { passed: 10, waiting: 1, failed: 0 } });
  expect(await censusOf(stack.administrator)).toEqual(devCensus(before, outputs?.["forecast-loader.generation"]));
});

it("Ctrl-C twice stops at once, and the next run settles what was in flight", async () => {
  // What is in flight at the first key is never answered, so that only the second one ends the run.
  const inFlight = new Promise<void>((resolve) => {
    const isCreation = ({ method, path }: AzureRequest): boolean =>
      method === "POST" && path.endsWith("/servicePrincipals");
    const matches = (request: AzureRequest): boolean => {
      if (isCreation(request)) resolve();
      return isCreation(request);
    };
    stack.local.azure.faults.add({ matches, answer: "silence", times: Number.POSITIVE_INFINITY });
  });
  const command = new RunningCommand(stack.cli, "up", "--no-policy");
  await Promise.race([inFlight, command.ended]);
  command.child.kill("SIGINT");
  await command.until(/Interrupted: finishing/);
  const engine = engineOf(command.pid);
  await until(() => {
    command.child.kill("SIGINT");
    return command.child.exitCode !== null || !isRunning(command.pid);
  });
  const { code, stdout } = await command.ended;
  expect(code).toBe(130);
  expect(stdout).toContain(
    "Stopped. Run the same command again: it checks the operations that were in progress, then continues.\n",
  );
  expect(isRunning(engine)).toBe(false);

  stack.local.azure.faults.clear();
  const { outputs } = await stack.documentOf("up", "--no-policy");
  expect(await censusOf(stack.administrator)).toEqual(devCensus(before, outputs?.["forecast-loader.generation"]));
});

it("SIGTERM and SIGHUP finish what is in flight, as Ctrl-C does", async () => {
  for (const signal of ["SIGTERM", "SIGHUP"] as const) {
    const command = new RunningCommand(stack.cli, "up", "--no-policy");
    await command.until(/ created /);
    command.child.kill(signal);
    const { code, stdout } = await command.ended;
    expect([signal, code]).toEqual([signal, 130]);
    expect(stdout).toMatch(
      /\nup was interrupted after \d+\.\d s\. Run the same command again: it continues from there\.\n/,
    );
  }
  const { outputs } = await stack.documentOf("up", "--no-policy");
  expect(await censusOf(stack.administrator)).toEqual(devCensus(before, outputs?.["forecast-loader.generation"]));
});

/** The second key counts half a second after the first: it is pressed until it does. */
async function until(isDone: () => boolean): Promise<void> {
  while (!isDone()) await new Promise((resolve) => setTimeout(resolve, 100));
}
