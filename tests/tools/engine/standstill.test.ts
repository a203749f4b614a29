import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pulumi } from "../../../tools/cli/pulumi";
import { runPulumi } from "../../../tools/estate/run/pulumiProcess";
import { PreviewEngine } from "../../../tools/review/production/previewEngine";
import { isRunning } from "../../engine/support/processes";

const inherited = process.env["PATH"];
let directory: string;
let env: NodeJS.ProcessEnv;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "standstill-"));
  const path = [join(__dirname, "support"), inherited].join(delimiter);
  env = { ...process.env, PATH: path, STUB_STARTED: join(directory, "started") };
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

/** What the stub and its plugin are. */
const started = (): number[] => readFileSync(join(directory, "started"), "utf8").trim().split("\n").map(Number);

const bounds = { longestStill: 600, patience: 100 };
const told = ({ message }: Error): string => message;

const questions = [
  ["stack", "export"],
  ["preview", "--json"],
].map((args) => ({ name: args.join(" "), run: () => pulumi(args, { env, ...bounds }).catch(told) }));

const operations = ["stack init", "up", "refresh"].map((operation) => ({
  name: `${operation}, of an estate`,
  run: async () => (await runPulumi(operation.split(" "), env, () => undefined, bounds)).still,
}));

describe("pulumi, where it stands still, is ended with its plugins", () => {
  it.each([...questions, ...operations])("$name", async ({ run }) => {
    expect(await run()).toMatch(/has not ended, and for 0\.01 minutes/);
    expect(started().filter(isRunning)).toEqual([]);
  });

  it("stack select, of a review", async () => {
    const engine = new PreviewEngine("pulumi", null, bounds);
    const selected = engine.run(["stack", "select"], directory, env as Record<string, string>);
    await expect(selected).rejects.toThrow(/^pulumi stack select failed: The stack select has not ended/);
    expect(started().filter(isRunning)).toEqual([]);
  });
});

it("waits longer for a resource that a provider works on", async () => {
  const state = { custom: true, type: "t", urn: "urn", id: "", parent: "", inputs: {}, outputs: {}, provider: "" };
  const metadata = { op: "create", urn: "urn", type: "t", new: state, provider: "" };
  const event = { sequence: 1, timestamp: 1, resourcePreEvent: { metadata, planning: false } };
  const working = { ...env, STUB_EVENTS: JSON.stringify(event) };
  const ended = await runPulumi(["up"], working, () => undefined, { longestStill: 1_500 });
  expect(ended).toEqual({ ok: true, output: "", signal: null });
});
