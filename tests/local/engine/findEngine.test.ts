import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { EngineError } from "../../../local/engine/engineError";
import { findEngine } from "../../../local/engine/findEngine";
import { pinnedVersion } from "../../../local/engine/version";
import { buildsEngine, FakeMachine } from "./fakeMachine";

let machine: FakeMachine;

beforeEach(() => {
  machine = new FakeMachine();
});

afterEach(() => {
  machine.remove();
});

const refusal = async (): Promise<EngineError> => {
  const outcome = await findEngine(machine.search).catch((error: unknown) => error);
  if (!(outcome instanceof EngineError)) {
    throw new Error("an engine was found");
  }
  return outcome;
};

const versionsDirectory = (): string => join(machine.home, ".pulumi", "versions");

describe("the engine on PATH", () => {
  it.each([pinnedVersion, "3.225.1", "3.300.0"])("is used at version %s", async (version) => {
    const command = machine.putPulumi(version);
    expect(await findEngine(machine.search)).toEqual({ command, version });
  });

  it.each(["3.224.9", "2.99.0", "4.0.0"])("is passed over at version %s, with the reason", async (version) => {
    machine.putPulumi(version);
    expect((await refusal()).tried[0]?.reason).toContain(`it is ${version}, and this project needs 3.225.0 or later`);
  });

  it("is passed over when it does not run", async () => {
    machine.put(join(machine.bin, "pulumi"), "echo broken linker >&2; exit 127");
    const command = machine.putPulumi(pinnedVersion, machine.cache);
    expect(await findEngine(machine.search)).toEqual({ command, version: pinnedVersion });
  });

  it("is passed over when it answers with something else than a version", async () => {
    machine.put(join(machine.bin, "pulumi"), "echo hello");
    expect((await refusal()).tried[0]?.reason).toContain("without a version");
  });
});

describe("the engine in the cache", () => {
  it("is used without a word and without a build", async () => {
    const command = machine.putPulumi(pinnedVersion, machine.cache);
    machine.putGo(buildsEngine);
    expect(await findEngine(machine.search)).toEqual({ command, version: pinnedVersion });
    expect(machine.lines).toEqual([]);
    expect(machine.goCalls()).toEqual([]);
  });

  it("is started once: afterwards its size and date vouch for it", async () => {
    const starts = join(machine.root, "starts");
    const command = machine.put(join(machine.cache, "pulumi"), `echo x >> ${starts}; echo v${pinnedVersion}; exit 0`);
    truncateSync(command, 10_000_000);
    await findEngine(machine.search);
    await findEngine(machine.search);
    const { readFileSync } = await import("node:fs");
    expect(readFileSync(starts, "utf8")).toBe("x\n");
  });

  it("is replaced by a build when it does not run", async () => {
    machine.put(join(machine.cache, "pulumi"), "exit 1");
    machine.putGo(buildsEngine);
    expect(await findEngine(machine.search)).toEqual({
      command: join(machine.cache, "pulumi"),
      version: pinnedVersion,
    });
  });
});

describe("the build", () => {
  it("fills the cache, a line for each step", async () => {
    machine.putGo(buildsEngine);
    expect(await findEngine(machine.search)).toEqual({
      command: join(machine.cache, "pulumi"),
      version: pinnedVersion,
    });
    expect(machine.goCalls()).toEqual(["env", "list", "build"]);
    expect(machine.lines).toEqual([
      expect.stringMatching(/^No engine from Pulumi's own download: 127\.0\.0\.1:2 can't be reached/),
      expect.stringMatching(/^Downloading the Go modules of the Pulumi engine 3\.225\.0/),
      expect.stringMatching(/^Building the Pulumi engine 3\.225\.0/),
      expect.stringMatching(/^The Pulumi engine 3\.225\.0 is ready after \d+ s/),
    ]);
  });

  it("leaves nothing in the cache when it fails", async () => {
    machine.putGo('echo half > "$target"; echo "disk full" >&2; exit 1');
    expect((await refusal()).message).toContain("`go build` failed: it ended with exit code 1: disk full");
    expect(existsSync(machine.cache)).toBe(false);
    expect(readdirSync(versionsDirectory())).toEqual([pinnedVersion]);
  });

  it("leaves nothing in the cache when what it made does not run", async () => {
    machine.putGo(`printf '#!/bin/sh\\nexit 1\\n' > "$target"; /bin/chmod 755 "$target"`);
    expect((await refusal()).message).toContain("does not run");
    expect(existsSync(machine.cache)).toBe(false);
  });

  it("leaves no broken cache when it is killed, and the next run builds again and clears up", async () => {
    machine.putGo('echo half > "$target"; echo building; exec /bin/sleep 60');
    const script = `require("tsx/cjs"); const { findEngine } = require("./local/engine/findEngine.ts");
      findEngine({ ...${JSON.stringify(machine.search)}, progress: (line) => console.log(line) });`;
    const driver = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "inherit"], detached: true });
    for await (const chunk of driver.stdout as AsyncIterable<Buffer>) {
      if (chunk.toString().includes("Building")) {
        break;
      }
    }
    process.kill(-(driver.pid ?? 0), "SIGKILL");
    await once(driver, "exit");
    expect(existsSync(machine.cache)).toBe(false);

    machine.putGo(buildsEngine);
    await findEngine(machine.search);
    expect(readdirSync(machine.cache)).toEqual(["pulumi"]);
    expect(readdirSync(versionsDirectory())).toEqual([pinnedVersion]);
  });

  it("may run twice at once: both get an engine that runs", async () => {
    machine.putGo(buildsEngine);
    const engines = await Promise.all([findEngine(machine.search), findEngine(machine.search)]);
    expect(engines.map(({ command }) => command)).toEqual(Array(2).fill(join(machine.cache, "pulumi")));
    expect(readdirSync(versionsDirectory())).toEqual([pinnedVersion]);
  });
});

describe("without an engine", () => {
  it("lists each way with its reason, and what to do", async () => {
    const { message } = await refusal();
    expect(message.replaceAll(machine.root, "").replace("(ECONNREFUSED)", "(code)")).toBe(
      `No Pulumi engine was found, and none could be installed. Tried, in order:
  - \`pulumi\` on PATH: there is none
  - the cache of version 3.225.0: there is no /home/.pulumi/versions/3.225.0/bin/pulumi
  - Pulumi's own download: 127.0.0.1:2 can't be reached (code)
  - a build of the published Go module: there is no \`go\` on PATH
Do one of these and run the command again:
  - install Pulumi 3.225.0 or later (https://www.pulumi.com/docs/install/) and have \`pulumi\` on PATH
  - let this machine reach get.pulumi.com
  - install Go (https://go.dev/dl/) and let it reach a Go module proxy (GOPROXY)`,
    );
  });

  it("says which Go is needed where Go is too old", async () => {
    machine.putGo(buildsEngine, "go1.20.4");
    expect((await refusal()).message).toMatch(/go is go1\.20\.4, and Go 1\.25\.\d+ or later is needed/);
  });

  it("says why where Go can't fetch a newer toolchain", async () => {
    machine.put(
      join(machine.bin, "go"),
      'echo "go.mod requires go >= 1.25.6 (running go 1.23.0; GOTOOLCHAIN=local)" >&2; exit 1',
    );
    expect((await refusal()).message).toContain("go.mod requires go >= 1.25.6 (running go 1.23.0; GOTOOLCHAIN=local)");
  });

  it("says why where the Go modules can't be downloaded", async () => {
    machine.put(
      join(machine.bin, "go"),
      '[ "$1" = env ] && { echo go1.26.8; exit 0; }; echo "proxy closed" >&2; exit 1',
    );
    expect((await refusal()).message).toContain(
      "the Go modules could not be downloaded: it ended with exit code 1: proxy closed",
    );
  });
});
