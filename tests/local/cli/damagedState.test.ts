import {
  cpSync,
  mkdirSync,
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
import { dirname, join } from "node:path";
import { LocalAzure } from "../../../local/azure/localAzure";
import { keyOf, openOwnAzure } from "../../../local/session/azureSession";
import { readStackState, stateFile } from "../../../local/stack/stateFile";
import { lockStack } from "../../../local/stack/stackLock";
import { projectRoot, stateDirectory, type StateDirectory } from "../../../local/stateDirectory";
import { claimStateDirectory } from "../../../local/stateOwnership";
import { UserError } from "../../../local/userError";
import { CommandLine } from "./commandLine";

let state: StateDirectory;
let told: string;

const at = (...names: string[]): string => join(state.path, ...names);
const log = (): string => at("store", readdirSync(at("store")).find((name) => name.endsWith(".log")) ?? "");
const halve = (file: string): void => {
  truncateSync(file, Math.floor(statSync(file).size / 2));
};

/** A state as `up` leaves it, which each test has a copy of. */
const whole = mkdtempSync(join(tmpdir(), "whole-"));

beforeAll(async () => {
  claimStateDirectory(stateDirectory({ LOCAL_AZURE_DIRECTORY: whole }));
  await (await LocalAzure.open({ stateDirectory: whole })).close();
});

afterAll(() => {
  rmSync(whole, { recursive: true });
});

beforeEach(() => {
  told = "";
  jest.spyOn(process.stderr, "write").mockImplementation((text) => {
    told += String(text);
    return true;
  });
  state = stateDirectory({ LOCAL_AZURE_DIRECTORY: mkdtempSync(join(tmpdir(), "damaged-")) });
  cpSync(whole, state.path, { recursive: true });
});

afterEach(() => {
  jest.restoreAllMocks();
  rmSync(state.path, { recursive: true, force: true });
});

const open = async (): Promise<void> => (await openOwnAzure(state, "up", 0)).close();

const failure = async (): Promise<string> => {
  const error: unknown = await open().catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(UserError);
  return (error as UserError).message;
};

const anew = "or start again from empty: `npx local-azure reset`, then `npx local-azure`.";

describe("the error names the file, what is lost and what to do", () => {
  it.each<[string, () => void, string[]]>([
    [
      "a log that ends too early",
      () => {
        halve(log());
      },
      ["/store is damaged: 1 of 1 writes that were acknowledged are missing.", "are missing or out of date", anew],
    ],
    [
      "a key that is cut off",
      () => {
        halve(state.keyFile);
      },
      ["/state.key is damaged: it has 16 bytes instead of 32.", "the values of secrets", anew],
    ],
    [
      "a missing key",
      () => {
        unlinkSync(state.keyFile);
      },
      ["/state.key is damaged: it is missing.", "the values of secrets", anew],
    ],
    [
      "another key",
      () => {
        writeFileSync(state.keyFile, Buffer.alloc(32, 7));
      },
      ["/state.key is damaged: the state was encrypted with another key.", "the values of secrets", anew],
    ],
    [
      "a file in the place of the store",
      () => {
        rmSync(at("store"), { recursive: true });
        writeFileSync(at("store"), "");
      },
      ["/store can't be opened: ", "Check the permissions of", "and the space left on its disk"],
    ],
    [
      "a directory in the place of the key",
      () => {
        unlinkSync(state.keyFile);
        mkdirSync(state.keyFile);
      },
      ["it is a directory, and a file is expected. Move it away, and run the same command again."],
    ],
  ])("of %s", async (_, damage, words) => {
    damage();
    const message = await failure();
    for (const expected of words) {
      expect(message).toContain(expected);
    }
  });

  it("of a key that is read without opening the store", () => {
    halve(state.keyFile);
    expect(() => keyOf(state)).toThrow("/state.key is damaged: it has 16 bytes instead of 32.");
  });

  it.each([["{"], ['{"version":3}'], [""]])("of a stack's state, here %j", (content) => {
    const file = stateFile(state, projectRoot, "dev");
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    const read = (): unknown => readStackState(file);
    expect(read).toThrow(`${file} is damaged: `);
    expect(read).toThrow(
      "Which resources are the stack's is lost; local Azure still has them. " +
        "Copy the newest .checkpoint.json of .pulumi/history over it, or delete it and run `npx local-azure import`.",
    );
  });
});

describe("what a newer version has written is left alone", () => {
  it("a state directory", async () => {
    writeFileSync(state.markerFile, JSON.stringify({ about: "State of local Azure.", format: 2 }));
    const message = await failure();
    expect(message).toBe(
      `${state.path} was made by a newer version of local Azure: its state has format 2, and this version supports formats up to 1. ` +
        "Nothing was changed. Use that version, or give LOCAL_AZURE_DIRECTORY another directory.",
    );
  });

  it("a stack's state", () => {
    const file = stateFile(state, projectRoot, "dev");
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '{"version":5,"checkpoint":[]}');
    expect(() => readStackState(file)).toThrow(
      `${file} was written by a newer Pulumi engine: version 5 of the state, and this version supports versions up to 4. Nothing was changed. ` +
        "Use the version of local Azure that wrote it, or a newer one.",
    );
  });
});

it("goes on after a kill between the two steps in which a directory is marked", async () => {
  rmSync(state.path, { recursive: true });
  mkdirSync(state.path);
  writeFileSync(at("local-azure.json.new"), "{");
  await open();
  expect(readdirSync(state.path)).not.toContain("local-azure.json.new");
});

describe("the command line", () => {
  it("says it in one line with exit code 1, and reset empties the directory", async () => {
    halve(log());
    const cli = new CommandLine(state.path);
    const { code, stderr } = await cli.run("serve", "--port", "0");
    expect(stderr).toMatch(/^\S+\/store is damaged: .*\n$/);
    expect(code).toBe(1);
    expect((await cli.run("reset")).stdout).toBe(`Emptied ${state.path}.\n`);
  });
});

describe("certificates", () => {
  it.each<[string, () => void, string]>([
    [
      "a CA that can't be read",
      () => {
        writeFileSync(at("certificates", "ca.pem"), "nonsense");
      },
      "ca.pem can't be read",
    ],
    [
      "a certificate of another CA",
      () => {
        const other = readFileSync(join(projectRoot, "tests", "fixtures", "certificate.pem"));
        writeFileSync(at("certificates", "ca.pem"), other);
      },
      "gateway.pem does not come from the CA in ca.pem",
    ],
    [
      "a missing key",
      () => {
        unlinkSync(at("certificates", "gateway-key.pem"));
      },
      "gateway-key.pem can't be read",
    ],
  ])("are reissued where they are damaged, and it says which: %s", async (_, damage, reason) => {
    damage();
    await open();
    expect(told).toContain(`The certificates in ${at("certificates")} are damaged: ${reason}. New ones will be issued`);
    told = "";
    await open();
    expect(told).toBe("");
    expect(statSync(at("certificates", "gateway-key.pem")).mode & 0o777).toBe(0o600);
  });
});

describe("what holds nothing that could be lost is made anew", () => {
  it("the stack's lock, and the notes of who holds it", async () => {
    mkdirSync(state.pulumi.lock, { recursive: true });
    writeFileSync(join(state.pulumi.lock, "CURRENT"), "nonsense\n");
    writeFileSync(state.pulumi.holderFile, "{");
    const unlock = await lockStack(state, "up");
    await expect(lockStack(state, "up")).rejects.toThrow("is using the stack");
    await unlock();
  });
});
