import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Journal, readJournal, refuseUnfinishedMove, writeJournal } from "../../../../tools/estate/move/journal";
import { moveDaemon, type Stacks } from "../../../../tools/estate/move/moveDaemon";
import { resourcesOf, resourcesOfDaemon, type StackState } from "../../../../tools/estate/move/state";
import { refuseTangled } from "../../../../tools/estate/move/transfer";

const setting = "p:daemons";
const vault = (stack: string): string => `urn:pulumi:${stack}::p::azure-native:keyvault:Vault::daemons`;
const root = (stack: string): string => `urn:pulumi:${stack}::p::pulumi:pulumi:Stack::p-${stack}`;
const provider = (stack: string): string => `urn:pulumi:${stack}::p::pulumi:providers:azuread::default_6_9_1`;
const daemon = (stack: string, name: string): string =>
  `urn:pulumi:${stack}::p::azure-daemon-access:index:DaemonAccess::${name}`;
const application = (stack: string, name: string): string =>
  `urn:pulumi:${stack}::p::azure-daemon-access:index:DaemonAccess$azuread:index/application:Application::${name}`;

const stateOf = (stack: string, names: readonly string[]): StackState => ({
  version: 3,
  deployment: {
    resources: [
      {
        urn: root(stack),
        type: "pulumi:pulumi:Stack",
        outputs: { daemons: [...names], ...Object.fromEntries(names.map((name) => [`${name}.clientId`, "1"])) },
      },
      { urn: provider(stack), type: "pulumi:providers:azuread", id: `id-${stack}`, parent: root(stack) },
      { urn: vault(stack), type: "azure-native:keyvault:Vault", parent: root(stack) },
      ...names.flatMap((name) => [
        { urn: daemon(stack, name), type: "azure-daemon-access:index:DaemonAccess", parent: root(stack) },
        {
          urn: application(stack, name),
          type: "azuread:index/application:Application",
          id: `/applications/${name}`,
          parent: daemon(stack, name),
          provider: `${provider(stack)}::id-${stack}`,
          dependencies: [vault(stack)],
          propertyDependencies: { displayName: [vault(stack)], owners: null },
          outputs: { displayName: name },
        },
      ]),
    ],
  },
});

const dev = `config:\n  ${setting}:\n    - name: loader\n    - name: mailer\n`;
const team = "config:\n  p:location: westeurope\n";

/** Stacks in memory, of which any write or preview may fail. */
class StacksInMemory implements Stacks {
  readonly states = new Map([
    ["dev", stateOf("dev", ["loader", "mailer"])],
    ["team", stateOf("team", [])],
  ]);
  changed = "";
  /** Writes that are still taken. */
  writes = Number.POSITIVE_INFINITY;

  readonly read = (stack: string): Promise<StackState> => {
    const state = this.states.get(stack);
    if (state === undefined) throw new Error(`no stack ${stack}`);
    return Promise.resolve(structuredClone(state));
  };
  readonly write = (stack: string, state: StackState): Promise<void> => {
    this.writes -= 1;
    if (this.writes < 0) return Promise.reject(new Error(`${stack} is locked`));
    this.states.set(stack, structuredClone(state));
    return Promise.resolve();
  };
  readonly changes = (): Promise<string> => Promise.resolve(this.changed);
  readonly has = (stack: string): number => resourcesOfDaemon(this.states.get(stack) as StackState, "loader").length;
}

let directory: string;
let stacks: StacksInMemory;
let journal: Journal;
const file = (name: string): string => readFileSync(join(directory, name), "utf8");

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "estate-move-"));
  stacks = new StacksInMemory();
  writeFileSync(join(directory, "Pulumi.dev.yaml"), dev);
  writeFileSync(join(directory, "Pulumi.team.yaml"), team);
  journal = {
    version: 1,
    ...{ daemon: "loader", from: "dev", to: "team" },
    isUndone: false,
    protected: [],
    files: [
      { path: "Pulumi.dev.yaml", before: dev },
      { path: "Pulumi.team.yaml", before: team },
    ],
  };
  writeJournal(directory, journal);
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

const move = (given: Stacks = stacks, progress: (line: string) => void = () => undefined): Promise<void> =>
  moveDaemon(readJournal(directory) ?? journal, { directory, setting, stacks: given, progress });

function expectMoved(): void {
  expect(stacks.has("dev")).toBe(0);
  const own = resourcesOfDaemon(stacks.states.get("team") as StackState, "loader");
  expect(own).toEqual([
    expect.objectContaining({ urn: daemon("team", "loader"), parent: root("team"), protect: false }),
    expect.objectContaining({
      urn: application("team", "loader"),
      id: "/applications/loader",
      provider: `${provider("team")}::id-team`,
      dependencies: [],
      propertyDependencies: { displayName: [], owners: [] },
      protect: false,
    }),
  ]);
  const outputs = resourcesOf(stacks.states.get("team") as StackState)[0]?.outputs;
  expect(outputs).toEqual({ daemons: ["loader"], "loader.clientId": "1" });
  expect(file("Pulumi.dev.yaml")).toBe(`config:\n  ${setting}:\n    - name: mailer\n`);
  expect(file("Pulumi.team.yaml")).toBe(`${team}  ${setting}:\n    - name: loader\n`);
  expect(readdirSync(directory).sort()).toEqual(["Pulumi.dev.yaml", "Pulumi.team.yaml"]);
}

function expectAsBefore(): void {
  expect([stacks.has("dev"), stacks.has("team")]).toEqual([2, 0]);
  const own = resourcesOfDaemon(stacks.states.get("dev") as StackState, "loader");
  expect(own.map(({ protect }) => protect)).toEqual([false, false]);
  expect([file("Pulumi.dev.yaml"), file("Pulumi.team.yaml")]).toEqual([dev, team]);
  expect(readJournal(directory)).toBeUndefined();
}

/** Moves until an operation on the stacks, which is done or not, and after which nothing more happens. Gives whether it came to it. */
async function moveKilledAt(operation: number, isDone: boolean): Promise<boolean> {
  let count = 0;
  let killed: (reached: true) => void = () => undefined;
  const kill = new Promise<true>((resolve) => (killed = resolve));
  const dying =
    <Args extends unknown[], Result>(perform: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      count += 1;
      if (count < operation) return perform(...args);
      if (count === operation && isDone) await perform(...args);
      killed(true);
      return await new Promise<never>(() => undefined);
    };
  const { read, write, changes } = stacks;
  const moving = move({ read: dying(read), write: dying(write), changes: dying(changes) }).then(() => false);
  return await Promise.race([kill, moving]);
}

describe("a move of a daemon", () => {
  it("takes resources, outputs and settings along, and ties them to what the other stack has", async () => {
    await move();
    expectMoved();
  });

  it.each([true, false])("is completed by the same command after a kill at any operation, done: %s", async (isDone) => {
    let operation = 1;
    const start = { states: new Map(structuredClone([...stacks.states])), dev, team };
    while (await moveKilledAt(operation, isDone)) {
      expect(() => {
        refuseUnfinishedMove(directory, ["team"]);
      }).toThrow("loader is in the middle of its move from dev to team.");
      await move();
      expectMoved();
      for (const [stack, state] of structuredClone([...start.states])) stacks.states.set(stack, state);
      writeFileSync(join(directory, "Pulumi.dev.yaml"), dev);
      writeFileSync(join(directory, "Pulumi.team.yaml"), team);
      writeJournal(directory, journal);
      operation += 1;
    }
    expect(operation).toBeGreaterThan(10);
  });

  it("never leaves the daemon to one stack alone that may delete it, before the previews", async () => {
    const { read, write, changes } = stacks;
    const held: string[] = [];
    const watched: Stacks = {
      read,
      changes,
      write: async (stack, state) => {
        await write(stack, state);
        const own = ["dev", "team"].flatMap((each) =>
          resourcesOfDaemon(stacks.states.get(each) as StackState, "loader"),
        );
        held.push(own.every(({ protect }) => protect === true) ? "protected" : "free");
      },
    };
    await move(watched);
    expect(held).toEqual(["protected", "protected", "protected", "free"]);
  });

  it("takes along what the source has got since a kill", async () => {
    await moveKilledAt(5, true);
    expect(stacks.has("team")).toBe(2);
    const state = stacks.states.get("dev") as StackState;
    for (const each of resourcesOf(state))
      if (each.urn === application("dev", "loader")) each["id"] = "/applications/new";
    await move();
    const [, moved] = resourcesOfDaemon(stacks.states.get("team") as StackState, "loader");
    expect(moved?.["id"]).toBe("/applications/new");
  });

  it.each([1, 2, 3, 4, 5, 6, 7])("is undone when step %d fails", async (step) => {
    const fail = (line: string): void => {
      if (line.startsWith(`${step} of 7: `)) throw new Error("the disk is full.");
    };
    await expect(move(stacks, fail)).rejects.toThrow("was undone: both stacks are as before. the disk is full.");
    expectAsBefore();
  });

  it("is undone when a preview would change something", async () => {
    stacks.changed = "+ 1 to create";
    await expect(move()).rejects.toThrow(
      "The previews would change something:\ndev: + 1 to create\nteam: + 1 to create",
    );
    expectAsBefore();
  });

  it("is undone later when it can't be undone at once", async () => {
    stacks.writes = 2;
    await expect(move()).rejects.toMatchObject({
      message: "The move of loader from dev to team failed, and could not be undone yet. dev is locked\nteam is locked",
      remedy: expect.stringContaining("run the same command again") as string,
    });
    stacks.writes = Number.POSITIVE_INFINITY;
    await expect(move()).rejects.toThrow("was undone");
    expectAsBefore();
  });

  it("is refused while something that stays depends on the daemon, or an operation is unfinished", () => {
    const state = stateOf("dev", ["loader"]);
    const tangled = {
      ...state.deployment,
      resources: [
        ...resourcesOf(state),
        { urn: "urn:pulumi:dev::p::t::acl", type: "t", dependencies: [application("dev", "loader")] },
      ],
    };
    expect(() => {
      refuseTangled({ stack: "dev", state: { ...state, deployment: tangled } }, "loader");
    }).toThrow("What stays in dev depends on loader: t acl.");
    const pending = { ...state.deployment, pending_operations: [{}] };
    expect(() => {
      refuseTangled({ stack: "dev", state: { ...state, deployment: pending } }, "loader");
    }).toThrow("dev has unfinished operations.");
  });
});
