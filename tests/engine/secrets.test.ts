import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HostedStack } from "./support/hostedStack";
import { familyOf, RunningCommand } from "./support/processes";
import { filesIn, leaks, recordsIn, SecretCollector } from "./support/secrets";
import { documentOf, succeeded, type OperationDocument } from "./support/document";

jest.setTimeout(600_000);

let stack: HostedStack;
let collector: SecretCollector;
let temporary: string;
/** What each command printed, and what stood in its processes' arguments and temporary files while it worked. */
const places = new Map<string, string>();

/** Runs a command, and looks over its shoulder at each thing that it writes to Azure. */
async function watched(...args: string[]): Promise<OperationDocument | undefined> {
  const command = new RunningCommand(stack.cli, ...args);
  const stop = stack.local.azure.requests.listen(({ method, service }) => {
    if (method === "GET" && service !== "keyVault") return;
    for (const { pid, command: line } of familyOf(command.pid)) {
      places.set(`the arguments of process ${pid}: ${line.slice(0, 80)}`, line);
    }
    for (const [file, content] of filesIn(temporary)) {
      places.set(file, content);
    }
  });
  const finished = succeeded(await command.ended);
  stop();
  places.set(`what \`${args.join(" ")}\` printed`, finished.stdout + finished.stderr);
  return args.includes("--json") ? documentOf(finished) : undefined;
}

beforeAll(async () => {
  stack = await HostedStack.open();
  temporary = mkdtempSync(join(tmpdir(), "engine-secrets-"));
  // What tsx has compiled before stays of use. The search does not follow the link.
  const compiled = `tsx-${process.getuid?.() ?? 0}`;
  symlinkSync(join(tmpdir(), compiled), join(temporary, compiled));
  stack.cli.variables["TMPDIR"] = temporary;
  collector = new SecretCollector(stack.local);
  const day = 86_400_000;
  const first = await watched("deploy", "--verbose", "--json");
  await watched("consent", "--daemon", "report-mailer", "--verbose");
  const nextRotation = String(first?.outputs?.["forecast-loader.nextRotation"]);
  const rotated = ["--config", `asOf=${new Date(Date.parse(nextRotation) + day).toISOString()}`];
  await watched("up", "--diff", "--verbose", ...rotated);
  await watched("refresh", "--diff", "--verbose", ...rotated);
  await watched("outputs", "--json", "--verbose");
  await watched("verify", "--verbose");
  await watched("destroy", "--diff", "--verbose", "--json", ...rotated);
  collector.end();
  for (const [file, content] of filesIn(temporary)) {
    places.set(file, content);
  }
});

afterAll(async () => {
  await stack.close();
  rmSync(temporary, { recursive: true, force: true });
});

it("the run made secrets of every kind, two generations of each daemon's among them", () => {
  expect(collector.ofKind(/secretText/)).toHaveLength(4);
  expect(collector.ofKind(/a vault's value/).length).toBeGreaterThanOrEqual(4);
  expect(collector.ofKind(/access_token/).length).toBeGreaterThanOrEqual(8);
  expect(collector.ofKind(/'s secret$/)).toHaveLength(4);
  // The search finds what is there to find.
  for (const [secret, what] of collector.found) {
    const place = new Map([["a log", JSON.stringify({ line: `sent ${secret}.` })]]);
    expect(leaks(collector.found, place)).toContain(`${what} in a log`);
  }
});

it("looked at the engine's and verify's own processes", () => {
  const watchedPlaces = [...places.keys()].join("\n");
  expect(watchedPlaces).toMatch(/the arguments of process \d+: \S*\/pulumi up /);
  expect(watchedPlaces).toMatch(/the arguments of process \d+: .*verify/);
});

it("none stands in what the commands printed, in their arguments, or in their temporary files", () => {
  expect(leaks(collector.found, places)).toEqual([]);
});

it("none stands in a file of the state: Pulumi's, with its history, local Azure's, or the request log", () => {
  const files = filesIn(stack.local.stateDirectory);
  const names = [...files.keys()].join("\n");
  expect(names).toMatch(/\/history\/.*\.checkpoint\.json/);
  expect(names).toMatch(/\/requests\.log/);
  expect(names).toMatch(/\/store\/\d+\.log/);
  expect(leaks(collector.found, files)).toEqual([]);
});

it("none stands in local Azure's records, whatever way LevelDB writes them", async () => {
  const copy = join(temporary, "store-copy");
  cpSync(join(stack.local.stateDirectory, "store"), copy, { recursive: true });
  const records = await recordsIn(copy);
  expect(records).toContain("landingZone/version");
  expect(leaks(collector.found, new Map([["the store", records]]))).toEqual([]);
});
