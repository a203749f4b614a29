import type { ChildProcess } from "node:child_process";
import type { AzureRequest } from "../../local/azure/http/message";
import { EstateProject, platformOf } from "./support/estateProject";
import { familyOf, isRunning } from "./support/processes";

jest.setTimeout(300_000);

const daemon = (name: string) => ({ name, secret: { rotation: { startsAt: "2026-01-01T00:00:00Z" } } });
const principals = "/v1.0/servicePrincipals";

interface Stack {
  readonly stack: string;
  readonly result: string;
  readonly cause: string | null;
  readonly unfinished: readonly unknown[];
}

let project: EstateProject;
const write = (...names: string[]): void => {
  project.write("dev", { ...platformOf(["daemons"]), daemons: names.map(daemon) });
};
const up = ["up", "--create", "--json"];
const stackIn = (stdout: string): Stack => {
  const [stack] = (JSON.parse(stdout) as { readonly stacks: readonly Stack[] }).stacks;
  if (stack === undefined) throw new Error("there is no stack");
  return stack;
};
const isCreation = ({ method, path }: Pick<AzureRequest, "method" | "path">): boolean =>
  method === "POST" && path === principals;

/** Starts a run, and acts on its process when Azure has made a service principal, before the engine hears of it. */
async function cutOffAtCreation(act: (child: ChildProcess) => void) {
  let child: ChildProcess | undefined;
  const stop = project.local.azure.requests.listen((record) => {
    if (!isCreation(record) || child === undefined) return;
    stop();
    act(child);
  });
  return await project.estate(up, (_, started) => (child = started));
}

function killEngine(child: ChildProcess): void {
  const engine = familyOf(child.pid ?? 0).find(({ command }) => /pulumi up /.test(command));
  process.kill(engine?.pid ?? 0, "SIGKILL");
}

/** The arguments of the pulumi command that settles what an earlier run left. */
function settlingIn(told: string): string[] | undefined {
  const [, command] = /^ {2}pulumi (.*)$/m.exec(told) ?? [];
  return command?.match(/'[^']*'|\S+/g)?.map((word) => word.replaceAll("'", ""));
}

/** How many service principals the daemon has. */
async function principalsOf(name: string): Promise<number> {
  const url = `https://graph.microsoft.com${principals}?$filter=displayName eq '${name}'`;
  const { body } = await project.local.call("administrator", "https://graph.microsoft.com/.default", "GET", url);
  return (body as { readonly value: readonly unknown[] }).value.length;
}

beforeAll(async () => {
  project = await EstateProject.open();
});
afterAll(() => project.close());

it("Ctrl-C lets the engine finish what it has begun, and leaves the stack unlocked", async () => {
  write("first");
  const { code, stdout, stderr } = await cutOffAtCreation((child) => child.kill("SIGINT"));
  expect({ code, stdout, stderr }).toMatchObject({ code: 130 });
  expect(stderr).toContain("Interrupted: each stack finishes its operations in progress.");
  const state = await project.pulumi("stack", "export", "--stack", "dev");
  expect(state.stdout).toContain("first-service-principal");
  expect(state.stdout).not.toContain("pending_operations");
});

it("a second Ctrl-C ends an engine that waits for ever, with all that it has started, and the same command does the rest", async () => {
  write("first", "second");
  let began: () => void = () => undefined;
  const isWaiting = new Promise<void>((resolve) => (began = resolve));
  const matches = (request: AzureRequest): boolean => {
    if (isCreation(request)) began();
    return isCreation(request);
  };
  project.local.azure.faults.add({ matches, answer: "silence", times: Number.POSITIVE_INFINITY });
  let family: readonly number[] = [];
  const ended = project.estate(up, (text, child) => {
    if (text.includes("dev: started")) void isWaiting.then(() => child.kill("SIGINT"));
    if (!text.includes("Interrupted:")) return;
    family = familyOf(child.pid ?? 0).map(({ pid }) => pid);
    // A signal that follows at once is the same key, which npm has passed on.
    const pressed = setInterval(() => child.kill("SIGINT"), 100);
    child.once("close", () => {
      clearInterval(pressed);
    });
  });
  const { code, stdout, stderr } = await ended;
  expect(stderr).not.toContain("unlocking it");
  project.local.azure.faults.clear();
  expect(code).toBe(130);
  expect(family.length).toBeGreaterThan(1);
  expect(family.filter(isRunning)).toEqual([]);
  expect(stackIn(stdout)).toMatchObject({ result: "failed" });
  const again = await project.estate(up);
  expect(again).toMatchObject({ code: 0 });
  expect(await principalsOf("first")).toBe(1);
  expect(await principalsOf("second")).toBe(1);
});

it("what a killed engine had made in Azure is named with the command that adds it, or added, after which the same command finishes", async () => {
  write("first", "second", "third");
  const killed = await cutOffAtCreation(killEngine);
  expect(stackIn(killed.stdout).cause).toContain("SIGKILL ended pulumi before it was finished.");
  const first = await project.estate(["up"]);
  expect(first.code).toBe(1);
  expect(first.stdout).toContain("  azuread:index:ServicePrincipal third-service-principal: Azure has it\n");
  let told = first.stdout;
  for (let command = settlingIn(told); command !== undefined; command = settlingIn(told)) {
    expect(await project.pulumi(...command)).toMatchObject({ code: 0 });
    told = (await project.estate(["up"])).stdout;
  }
  expect(told).toMatch(/\n1 done\.\n$/);
  expect(await principalsOf("third")).toBe(1);

  write("first", "second", "third", "fourth");
  await cutOffAtCreation(killEngine);
  const rest = await project.estate(["up", "--import-unfinished"]);
  expect(rest).toMatchObject({ code: 0 });
  expect(rest.stderr).toContain(
    "created azuread:index:ServicePrincipal fourth-service-principal: adding it to the state",
  );
  expect(await principalsOf("fourth")).toBe(1);
});
