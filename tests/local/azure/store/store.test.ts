import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ClassicLevel } from "classic-level";
import { Store } from "../../../../local/azure/store/store";
import { StateDamagedError, StoreWriteError } from "../../../../local/azure/store/stateErrors";

/** LevelDB, as far as a failure is put into it. */
const level = ClassicLevel.prototype as { batch: (operations: []) => Promise<void>; open: () => Promise<void> };

let root: string;
let directory: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "store-"));
  directory = join(root, "store");
});

afterEach(() => {
  jest.restoreAllMocks();
  rmSync(root, { recursive: true });
});

/** Fills a store with as many commits, and closes it. */
async function fill(commits: number): Promise<void> {
  const store = await Store.open(directory);
  for (let index = 0; index < commits; index += 1) {
    store.collection("things").set(`thing-${index}`, { index, text: "x".repeat(200) });
    await store.commit();
  }
  await store.close();
}

const keys = async (): Promise<number> => {
  const store = await Store.open(directory);
  const { size } = store.collection("things");
  await store.close();
  return size;
};

const opening = (): Promise<unknown> =>
  Store.open(directory).then(
    () => "it opens",
    (error: unknown) => error,
  );

const log = (): string => join(directory, readdirSync(directory).find((name) => name.endsWith(".log")) ?? "");

describe("files", () => {
  it("are their owner's alone, whatever the umask, and those too that an earlier version left", async () => {
    const before = process.umask(0);
    try {
      const earlier = new ClassicLevel(directory);
      await earlier.open();
      await earlier.close();
      await fill(3);
      const modes = readdirSync(directory).map((name) => statSync(join(directory, name)).mode & 0o777);
      expect([...new Set(modes)]).toEqual([0o600]);
      expect(statSync(directory).mode & 0o777).toBe(0o700);
      expect(statSync(`${directory}.commits`).mode & 0o777).toBe(0o600);
    } finally {
      process.umask(before);
    }
  });
});

describe("a store that lost something", () => {
  it("says how many writes, where its log ends too early, and what to do", async () => {
    await fill(40);
    truncateSync(log(), Math.floor(statSync(log()).size / 2));
    const error = await opening();
    expect(error).toBeInstanceOf(StateDamagedError);
    const { message } = error as Error;
    expect(message).toMatch(/store is damaged: (1[5-9]|2[0-5]) of 40 writes that were acknowledged are missing\. /);
    expect(message).toContain("`npx local-azure reset`, then `npx local-azure`");
    expect(message).toContain(`To continue with what is left, delete ${directory}.commits`);
  });

  it("opens with what is left, once its owner has deleted the count of writes", async () => {
    await fill(40);
    truncateSync(log(), Math.floor(statSync(log()).size / 2));
    unlinkSync(`${directory}.commits`);
    expect(await keys()).toBeGreaterThan(14);
    await fill(1);
    expect(await keys()).toBeLessThan(26);
  });

  it("says so where its log is gone, or the whole of it", async () => {
    await fill(2);
    rmSync(directory, { recursive: true });
    expect(String(await opening())).toContain("2 of 2 writes that were acknowledged are missing");
  });

  it("says so where a record in the middle is not as it was written", async () => {
    await fill(400);
    const bytes = readFileSync(log());
    bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 0xff;
    writeFileSync(log(), bytes);
    expect(String(await opening())).toContain("some of its records are missing or were changed");
  });

  it.each([
    ["CURRENT", "broken"],
    ["MANIFEST", "broken"],
    ["CURRENT", "gone"],
    ["MANIFEST", "gone"],
  ])("names the directory where its %s is %s", async (name, how) => {
    await fill(2);
    const file = join(directory, readdirSync(directory).find((candidate) => candidate.startsWith(name)) ?? "");
    if (how === "gone") {
      unlinkSync(file);
    } else {
      writeFileSync(file, "nonsense\n");
    }
    const error = await opening();
    expect(error).toBeInstanceOf(StateDamagedError);
    expect((error as Error).message).toContain(`${directory} is damaged: `);
    expect((error as Error).message).toContain("It held all of local Azure's state.");
  });

  it("names the count of writes where that is broken", async () => {
    await fill(2);
    writeFileSync(`${directory}.commits`, "");
    expect(String(await opening())).toContain(
      `${directory}.commits is damaged: it does not contain the number of writes.`,
    );
  });
});

describe("a kill -9", () => {
  it("loses nothing that was acknowledged, and the torn end of the log is no damage", async () => {
    const script = `require("tsx/cjs"); const { Store } = require("./local/azure/store/store.ts");
      (async () => {
        const store = await Store.open(process.argv[1]);
        for (let index = 0; ; index += 1) {
          store.collection("things").set("thing-" + index, { text: "x".repeat(5000) });
          await store.commit();
          require("node:fs").writeSync(1, index + "\\n");
        }
      })();`;
    const child = spawn(process.execPath, ["-e", script, directory], { stdio: ["ignore", "pipe", "inherit"] });
    let told = "";
    child.stdout.on("data", (chunk: Buffer) => {
      told += chunk.toString();
      if (told.length > 2_000) child.kill("SIGKILL");
    });
    await once(child, "close");
    const acknowledged = told.trim().split("\n").length;
    // A part of one more record, as a kill in the middle of a write leaves it.
    writeFileSync(log(), Buffer.from("0102030400ff01", "hex"), { flag: "a" });
    expect(await keys()).toBeGreaterThanOrEqual(acknowledged);
  });
});

describe("a write that fails", () => {
  const full = (): jest.SpyInstance =>
    jest.spyOn(level, "batch").mockRejectedValueOnce(new Error("IO error: 000003.log: No space left on device"));

  it("refuses every commit after it, until the store is opened from the disk again", async () => {
    await fill(1);
    const store = await Store.open(directory);
    const things = store.collection<object>("things");
    full();
    things.set("lost", {});
    await expect(store.commit()).rejects.toThrow(
      `The store in ${directory} could not be written: 000003.log: No space left on device.`,
    );
    await expect(store.commit()).rejects.toThrow(StoreWriteError);
    things.set("later", {});
    await expect(store.commit()).rejects.toThrow(StoreWriteError);
    await store.close();
    expect(await keys()).toBe(1);
  });

  it("is told to each request whose change was in the same batch, and to whoever has read it", async () => {
    const store = await Store.open(directory);
    full();
    store.collection("things").set("first", {});
    const first = store.commit();
    store.collection("things").set("second", {});
    const outcomes = await Promise.allSettled([first, store.commit(), store.commit()]);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    await store.close();
  });
});

it("writes the changes of requests that come in at once as one batch", async () => {
  const store = await Store.open(directory);
  const batches = jest.spyOn(level, "batch");
  const commits = [0, 1, 2, 3].map((index) => {
    store.collection("things").set(`thing-${index}`, {});
    return store.commit();
  });
  await Promise.all(commits);
  expect(batches.mock.calls.length).toBeLessThan(3);
  await store.close();
  expect(await keys()).toBe(4);
});
