import type { RequestRecord } from "../../local/azure/network/requestLog";
import { soaking } from "../support/soak";
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

type Request = (record: RequestRecord) => boolean;

const write =
  (method: string, path: RegExp): Request =>
  (record) =>
    record.method === method && path.test(record.path) && record.status < 300;

/**
 * Azure has done each of these, and nobody has heard its answer: a daemon's application, service principal, secret, credential
 * in the vault, and reader's right, in the order that it needs them.
 */
const moments: readonly Request[] = [
  write("POST", /^\/v1\.0\/applications$/),
  write("POST", /^\/v1\.0\/servicePrincipals$/),
  write("POST", /\/addPassword$/),
  write("PUT", /\/vaults\/[^/]+\/secrets\/[^/]+$/),
  write("PUT", /\/secrets\/[^/]+\/providers\/Microsoft\.Authorization\/roleAssignments\//),
];
/** Outside of a soak: what comes first, which another run would make twice, and what readers hold in the end. */
const sampled = moments.filter((_, index) => soaking || index === 0 || index === 3);

/** Runs up until a request, and kills it there; gives the engine it left behind. */
async function killedAt(request: Request): Promise<number> {
  const command = new RunningCommand(stack.cli, "up");
  let engine = 0;
  stack.atRequest(request, () => {
    engine = engineOf(command.pid);
    command.kill();
  });
  const { signal, stdout, stderr } = await command.ended;
  if (signal !== "SIGKILL") {
    throw new Error(`not killed:\n${stdout}\n${stderr}`);
  }
  return engine;
}

async function expectCompletion(): Promise<void> {
  const { outputs, verify } = await stack.documentOf("deploy");
  expect(verify).toMatchObject({ ok: true, counts: { passed: 10, waiting: 1, failed: 0 } });
  expect(await censusOf(stack.administrator)).toEqual(devCensus(before, outputs?.["forecast-loader.generation"]));
}

it("completes without a duplicate after a kill -9 at each thing that a daemon needs, one run after the other", async () => {
  const engines: number[] = [];
  for (const request of sampled) {
    engines.push(await killedAt(request));
  }
  await expectCompletion();
  expect(engines.filter(isRunning)).toEqual([]);
});

it("tells the end of the engine, and completes after a kill -9 of it", async () => {
  const command = new RunningCommand(stack.cli, "up");
  stack.atRequest(write("POST", /\/addPassword$/), () => {
    process.kill(engineOf(command.pid), "SIGKILL");
  });
  const { code, stdout } = await command.ended;
  expect(stdout).toContain(
    "error: the engine was ended by SIGKILL before it was finished. Run the same command again: it continues from there.\n",
  );
  expect(code).toBe(1);
  await expectCompletion();
});

it("writes no version of a secret twice: an update that Azure has carried out is taken over after a kill -9", async () => {
  const { outputs } = await stack.documentOf("deploy");
  const uri = String(outputs?.["forecast-loader.secretUri"]);
  const versions = async (): Promise<number> => {
    const scope = "https://vault.azure.net/.default";
    const { body } = await stack.local.call("deployer", scope, "GET", `${uri}/versions?api-version=7.4`);
    return (body as { readonly value: readonly unknown[] }).value.length;
  };
  const leak = ["--config", `daemons[0].secret.rotateNow=${new Date().toISOString().replace(/\.\d+Z$/, "Z")}`];
  const command = new RunningCommand(stack.cli, "up", ...leak);
  stack.atRequest(write("PUT", /\/secrets\/forecast-loader-credential$/), () => {
    // The engine outlives it, may take its vanished providers for a refusal, and then drops the update from its state.
    command.kill();
  });
  expect((await command.ended).signal).toBe("SIGKILL");
  expect(await versions()).toBe(2);

  const { stdout } = await stack.succeed("up", ...leak);
  expect(stdout).toContain("An interrupted run wrote forecast-loader-credential to the vault. Keeping that version.");
  expect(await versions()).toBe(2);
  const again = await stack.documentOf("deploy", ...leak);
  expect(Object.keys(again.changes)).toEqual(["unchanged"]);
  expect(again.verify).toMatchObject({ ok: true, counts: { failed: 0 } });
});
