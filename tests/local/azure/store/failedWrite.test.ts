import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmdirSync, unlinkSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ClassicLevel } from "classic-level";
import { LocalAzureForTests } from "../../../support/localAzure";
import { Arm, errorOf, group } from "../arm/armClient";

/** LevelDB, as far as a failure is put into it. */
const level = ClassicLevel.prototype as { batch: (operations: []) => Promise<void>; open: () => Promise<void> };

let azure: LocalAzureForTests;
let arm: Arm;

const put = async (name: string): Promise<number> =>
  (await arm.put("administrator", group(name), { location: "westeurope" })).status;
const has = async (name: string): Promise<boolean> => (await arm.get("administrator", group(name))).status === 200;

async function start(stateDirectory?: string): Promise<void> {
  azure = await LocalAzureForTests.open(stateDirectory === undefined ? {} : { stateDirectory });
  arm = new Arm(azure);
  // Its token is there from now on: signing in is no part of what is tried.
  await has("any");
}

beforeEach(() => {
  jest.spyOn(process.stderr, "write").mockReturnValue(true);
});

afterEach(async () => {
  jest.restoreAllMocks();
  await azure.close();
});

it("answers 503 to a request whose changes can't be written, and then goes on from what is on the disk", async () => {
  await start();
  expect(await put("rg-before")).toBe(201);
  jest.spyOn(level, "batch").mockRejectedValueOnce(new Error("IO error: No space left on device"));
  const refused = await arm.put("administrator", group("rg-lost"), { location: "westeurope" });
  expect({ status: refused.status, code: errorOf(refused).code }).toEqual({ status: 503, code: "ServiceUnavailable" });
  expect(errorOf(refused).message).toContain("could not be written: No space left on device. Free space on the disk");

  expect([await has("rg-before"), await has("rg-lost")]).toEqual([true, false]);
  expect(await put("rg-after")).toBe(201);
  await azure.restart();
  expect([await has("rg-before"), await has("rg-lost"), await has("rg-after")]).toEqual([true, false, true]);
});

it("answers 503 to whoever has read what could not be written, and tells nobody of it afterwards", async () => {
  await start();
  jest.spyOn(level, "batch").mockImplementationOnce(async () => {
    await new Promise((resolve) => setImmediate(resolve));
    throw new Error("IO error: No space left on device");
  });
  const statuses = await Promise.all(
    Array.from({ length: 20 }, async (_, index) => {
      if (index === 0) return await put("rg-lost");
      return (await arm.get("administrator", group("rg-lost"))).status;
    }),
  );
  expect(statuses.filter((status) => ![404, 503].includes(status))).toEqual([]);
  expect(await has("rg-lost")).toBe(false);
});

it("answers 503 as long as the state can't be opened again", async () => {
  await start();
  jest.spyOn(level, "batch").mockRejectedValueOnce(new Error("IO error: No space left on device"));
  expect(await put("rg-lost")).toBe(503);
  const opening = jest.spyOn(level, "open");
  opening.mockRejectedValue(new Error("IO error: No space left on device"));
  expect([await put("rg-later"), await put("rg-later")]).toEqual([503, 503]);
  opening.mockRestore();
  expect(await put("rg-later")).toBe(201);
});

describe("on a disk that is full", () => {
  const disk = mkdtempSync(join(tmpdir(), "full-disk-"));
  const mounted = mount();

  function mount(): boolean {
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=3m", "tmpfs", disk], { stdio: "ignore" });
      return true;
    } catch {
      console.info("Not tried on a full disk: this user may not mount one.");
      return false;
    }
  }

  afterAll(() => {
    if (mounted) {
      execFileSync("umount", [disk]);
    }
    rmdirSync(disk);
  });

  (mounted ? it : it.skip)(
    "keeps every write that it acknowledged, and goes on when there is space again",
    async () => {
      await start(join(disk, "state"));
      const filler = fillUp(join(disk, "filler"));
      const acknowledged: string[] = [];
      let status = 201;
      for (let index = 0; status === 201; index += 1) {
        status = await put(`rg-${index}`);
        if (status === 201) acknowledged.push(`rg-${index}`);
      }
      expect(status).toBe(503);
      expect(await put("rg-still-full")).toBe(503);

      unlinkSync(filler);
      expect(await put("rg-after")).toBe(201);
      await azure.restart();
      for (const name of [...acknowledged, "rg-after"]) {
        expect(`${name}: ${String(await has(name))}`).toBe(`${name}: true`);
      }
      expect(await has("rg-still-full")).toBe(false);
    },
  );

  function fillUp(file: string): string {
    const descriptor = openSync(file, "w");
    try {
      for (;;) writeSync(descriptor, Buffer.alloc(4096));
    } catch {
      return file;
    } finally {
      closeSync(descriptor);
    }
  }
});
