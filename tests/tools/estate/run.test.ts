import fc from "fast-check";
import { performInOrder, type Task } from "../../../tools/estate/run/inOrder";
import { readPrinted } from "../../../tools/estate/run/printed";
import { summaryOf } from "../../../tools/estate/run/summary";

/** Each task may come after any of those before it. */
const taskLists = fc.array(fc.array(fc.nat(20), { maxLength: 3 }), { maxLength: 12 }).map((lists) =>
  lists.map((after, index): Task => ({
    stack: `s${index}`,
    after: index === 0 ? [] : [...new Set(after.map((number) => `s${number % index}`))],
  })),
);

const ending = { parallel: 2, isStopped: () => false };

describe("stacks in order", () => {
  it("run each after what it comes after, never more than allowed, and not after a failure", async () => {
    await fc.assert(
      fc.asyncProperty(
        taskLists,
        fc.integer({ min: 1, max: 4 }),
        fc.func(fc.boolean()),
        async (tasks, parallel, ok) => {
          const done = new Set<string>();
          let running = 0;
          const results = await performInOrder(tasks, {
            parallel,
            isStopped: () => false,
            perform: async ({ stack, after }) => {
              running += 1;
              expect(running).toBeLessThanOrEqual(parallel);
              for (const each of after) expect(done).toContain(each);
              await Promise.resolve();
              running -= 1;
              if (ok(stack)) done.add(stack);
              return { ok: ok(stack) };
            },
          });
          for (const { stack, after } of tasks) {
            const isStarted = results.get(stack) !== undefined;
            expect(isStarted).toBe(after.every((each) => results.get(each)?.ok));
          }
        },
      ),
    );
  });

  it("start nothing new when all stops", async () => {
    let stopped = false;
    const tasks = ["a", "b", "c"].map((stack) => ({ stack, after: [] }));
    const perform = (): Promise<{ ok: boolean }> => {
      stopped = true;
      return Promise.resolve({ ok: true });
    };
    const results = await performInOrder(tasks, { parallel: 1, isStopped: () => stopped, perform });
    expect([...results.values()]).toEqual([{ ok: true }, undefined, undefined]);
  });

  it("count a stack that is not among them as done", async () => {
    const perform = () => Promise.resolve({ ok: true });
    const results = await performInOrder([{ stack: "a", after: ["other"] }], { ...ending, perform });
    expect(results.get("a")).toEqual({ ok: true });
  });
});

describe("what pulumi prints", () => {
  it("is read for its changes and its errors", () => {
    const output = `Updating (reporting):
 +  pulumi:pulumi:Stack daemons-reporting creating

Diagnostics:
  pulumi:pulumi:Stack (daemons-reporting):
    error: 2 settings are wrong:
      daemons[0].name: got nothing
      daemons[1].name: got nothing

  azuread:index:Application (loader):
    warning: this one is no error
    error: denied

Resources:
    + 1 created
    2 unchanged

Duration: 2s
`;
    expect(readPrinted(output)).toEqual({
      changes: "+ 1 created, 2 unchanged",
      errors:
        "error: 2 settings are wrong:\n  daemons[0].name: got nothing\n  daemons[1].name: got nothing\nerror: denied",
    });
  });

  it("is an error alone where it did not begin", () => {
    const output = "error: no stack named 'reporting' found\n";
    expect(readPrinted(output)).toEqual({ changes: "", errors: "error: no stack named 'reporting' found" });
  });
});

describe("the summary", () => {
  const stack = { isPlatform: false, kind: "team", platform: undefined, daemons: 1, rotations: [] } as const;
  const planned = (name: string) => ({ ...stack, stack: name, file: "", runs: true, reasons: [] });
  const run = { ok: true, seconds: 1, changes: "3 unchanged", cause: "", unfinished: [] };
  const rows = [
    { stack: planned("one"), run },
    { stack: planned("two"), run: { ...run, ok: false, cause: "error: denied\nand more" } },
    { stack: planned("three"), run: undefined },
  ];

  it("begins with what failed and its cause, and counts what did not run as not ok", () => {
    const { ok, lines, document } = summaryOf("up", rows);
    expect(ok).toBe(false);
    expect(lines.slice(0, 2)).toEqual(["two failed:", "  error: denied\n  and more"]);
    expect(lines.at(-1)).toBe("1 done, 1 failed, 1 not run.");
    expect(document).toMatchObject({ operation: "up", counts: { done: 1, failed: 1, notRun: 1 } });
    expect(summaryOf("up", rows.slice(2)).ok).toBe(false);
  });

  it("says of an interrupted run how to go on, with the exit code of one, unless all was done", () => {
    const { exitCode, lines } = summaryOf("up", rows, true);
    expect(exitCode).toBe(130);
    expect(lines.at(-1)).toBe("Interrupted. Run the same command again: it continues from there.");
    expect(summaryOf("up", rows).exitCode).toBeUndefined();
    expect(summaryOf("up", rows.slice(0, 1), true).exitCode).toBeUndefined();
  });

  it("names what an earlier run left unfinished, also where the stack is done", () => {
    const unfinished = [{ type: "t:m:Thing", name: "loader", parent: null, id: null }];
    const { ok, lines, document } = summaryOf("up", [{ stack: planned("one"), run: { ...run, unfinished } }]);
    expect(ok).toBe(true);
    expect(lines.slice(0, 2)).toEqual([
      "one: an earlier run was cut off while it created what follows. Azure may have it, and the state does not know it.",
      "  t:m:Thing loader",
    ]);
    expect(document).toMatchObject({ stacks: [{ unfinished }] });
  });

  it("of nothing is fine", () => {
    expect(summaryOf("up", [])).toMatchObject({ ok: true, lines: ["0 done."] });
  });
});
