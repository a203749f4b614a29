import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Journal, readJournal, refuseUnfinishedMove, writeJournal } from "../../../../tools/estate/move/journal";
import { moveDaemon, OverwrittenError, type Stacks } from "../../../../tools/estate/move/moveDaemon";
import { resourcesOf, resourcesOfDaemon, type StackState } from "../../../../tools/estate/move/state";
import { refuseTangled } from "../../../../tools/estate/move/transfer";
import { application, daemon, provider, root, StacksInMemory, stateOf } from "./support/stacksInMemory";

const setting = "p:daemons";
const dev = `config:\n  ${setting}:\n    - name: loader\n    - name: mailer\n`;
const team = "config:\n  p:location: westeurope\n";

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
      write: async (stack, state, before) => {
        const isWritten = await write(stack, state, before);
        const own = ["dev", "team"].flatMap((each) =>
          resourcesOfDaemon(stacks.states.get(each) as StackState, "loader"),
        );
        held.push(own.every(({ protect }) => protect === true) ? "protected" : "free");
        return isWritten;
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

  /** A run of the stack, which adds a resource or changes the daemon's application. */
  const deploy = (stack: string, changed: "another" | "daemon"): void => {
    const state = structuredClone(stacks.states.get(stack)) as StackState;
    const added = { urn: `urn:pulumi:${stack}::p::t::added`, type: "t" };
    const resources = resourcesOf(state).map((each) =>
      changed === "daemon" && each.urn === application(stack, "loader")
        ? { ...each, outputs: { secret: "new" } }
        : each,
    );
    const all = changed === "another" ? [...resources, added] : resources;
    stacks.states.set(stack, { ...state, deployment: { ...state.deployment, resources: all } });
  };
  const hasAdded = (stack: string): boolean =>
    resourcesOf(stacks.states.get(stack) as StackState).some(({ urn }) => urn.endsWith("::added"));

  it.each([1, 2, 3, 4])("keeps what a run between the read and write number %d has changed", async (number) => {
    let writes = 0;
    let deployed = "";
    const write: Stacks["write"] = (stack, state, before) => {
      writes += 1;
      if (writes === number) {
        deploy(stack, "another");
        deployed = stack;
      }
      return stacks.write(stack, state, before);
    };
    await move({ read: stacks.read, changes: stacks.changes, write });
    expectMoved();
    expect(hasAdded(deployed)).toBe(true);
  });

  it("is undone when a run has changed the daemon in its stack after it was copied", async () => {
    const deploying = (line: string): void => {
      if (line.startsWith("3 of 7: ")) deploy("dev", "daemon");
    };
    await expect(move(stacks, deploying)).rejects.toThrow("dev was deployed during the move, which has changed loader");
    expectAsBefore();
    const [, changed] = resourcesOfDaemon(stacks.states.get("dev") as StackState, "loader");
    expect(changed?.outputs).toEqual({ secret: "new" });
  });

  it("ends where a stack is deployed again and again", async () => {
    await expect(
      move({ read: stacks.read, changes: stacks.changes, write: () => Promise.resolve(false) }),
    ).rejects.toThrow("dev is being deployed again and again.");
  });

  it("writes nothing more once it has overwritten a run's state, until that is restored", async () => {
    let writes = 0;
    const write: Stacks["write"] = (stack) => {
      writes += 1;
      return Promise.reject(new OverwrittenError(stack));
    };
    await expect(move({ read: stacks.read, changes: stacks.changes, write })).rejects.toThrow(OverwrittenError);
    expect(writes).toBe(1);
    expect(readJournal(directory)).toEqual(journal);
    await move();
    expectMoved();
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
