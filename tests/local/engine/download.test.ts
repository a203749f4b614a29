import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { publishedChecksums } from "../../../local/engine/archive";
import { EngineError } from "../../../local/engine/engineError";
import { findEngine } from "../../../local/engine/findEngine";
import { pinnedVersion } from "../../../local/engine/version";
import { FakeMachine } from "./fakeMachine";

const platform = `${process.platform}-${process.arch}`;
let machine: FakeMachine;
let host: Server;
let asked: string[];

/** An archive as Pulumi publishes it, with an engine in it that answers. */
function archive(): Buffer {
  machine.putPulumi(pinnedVersion, join(machine.root, "pulumi"));
  return execFileSync("tar", ["-cz", "-C", machine.root, "pulumi"]);
}

async function publish(content: Buffer): Promise<void> {
  asked = [];
  host = createServer((req, res) => {
    asked.push(`${req.method ?? ""} ${req.url ?? ""}`);
    res.end(content);
  }).listen(0, "127.0.0.1");
  await once(host, "listening");
  machine.archives = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
}

const trust = (content: Buffer): void => {
  const sha256 = createHash("sha256").update(content).digest("hex");
  machine.checksums = { [pinnedVersion]: { [platform]: sha256 } };
};

beforeEach(() => {
  machine = new FakeMachine();
  machine.put(join(machine.bin, "tar"), 'PATH=/usr/bin:/bin exec tar "$@"');
});

afterEach(() => {
  host.closeAllConnections();
  host.close();
  machine.remove();
});

it("fills the cache from the published archive, once its checksum is right", async () => {
  const content = archive();
  await publish(content);
  trust(content);
  const command = join(machine.cache, "pulumi");
  expect(await findEngine(machine.search)).toEqual({ command, version: pinnedVersion });
  const path = `/pulumi-v${pinnedVersion}-${platform}.tar.gz`;
  expect(asked).toEqual([`HEAD ${path}`, `GET ${path}`]);
  expect(statSync(command).mode & 0o100).toBe(0o100);
});

it("unpacks nothing of an archive that is another than the published one", async () => {
  await publish(archive());
  const failure = await findEngine(machine.search).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(EngineError);
  expect((failure as EngineError).message).toMatch(
    new RegExp(`is not the published archive: its SHA-256 is [0-9a-f]{64}, not ${wanted(pinnedVersion)}`),
  );
  expect(existsSync(machine.cache)).toBe(false);
});

it("downloads nothing whose checksum is not known", async () => {
  await publish(archive());
  machine.checksums = {};
  const failure = await findEngine(machine.search).catch((error: unknown) => error);
  expect((failure as EngineError).message).toContain(`has no checksum of the Pulumi engine ${pinnedVersion}`);
  expect(asked).toEqual([]);
});

it("knows the checksums of the engine that is installed here, and of the one that pipelines install", () => {
  const sdk = JSON.parse(
    readFileSync(join(__dirname, "../../../node_modules/@pulumi/pulumi/package.json"), "utf8"),
  ) as { version: string };
  for (const version of [pinnedVersion, sdk.version]) {
    expect(Object.keys(publishedChecksums[version] ?? {})).toEqual([
      "darwin-arm64",
      "darwin-x64",
      "linux-arm64",
      "linux-x64",
    ]);
    expect(Object.values(publishedChecksums[version] ?? {}).filter((sum) => !/^[0-9a-f]{64}$/.test(sum))).toEqual([]);
  }
});

it("builds from modules whose checksums are in the project", () => {
  const build = join(__dirname, "../../../local/engine/build");
  const sums = readFileSync(join(build, "go.sum"), "utf8");
  const required = [...readFileSync(join(build, "go.mod"), "utf8").matchAll(/^\t(\S+) (v\S+)/gm)];
  const unchecked = required.filter(([, path, version]) => !sums.includes(`${path ?? ""} ${version ?? ""} h1:`));
  expect(unchecked.map(([, path]) => path)).toEqual([]);
});

const wanted = (version: string): string => publishedChecksums[version]?.[platform] ?? "";
