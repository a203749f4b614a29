import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { RequestRecord } from "../../../local/azure/network/requestLog";
import { blocksIn } from "../../docs/pages";
import { CommandLine } from "./commandLine";

jest.setTimeout(300_000);

let cli: CommandLine;

beforeEach(() => {
  cli = new CommandLine();
});

afterEach(async () => {
  await cli.remove();
});

it.each([
  [["--faults", "graph-trottled"], 'There is no fault scenario "graph-trottled". Give the path of a file, or one of '],
  [["--faults", "missing.yaml"], "There is no file missing.yaml."],
  [["--latency", "gcp"], "Give azure, or azure:<factor>"],
  [["--latency", "azure:fast"], "Give azure, or azure:<factor>"],
  [["--seed", "-1"], "Give an integer from 0 to 4294967295."],
  [["--seed", "4294967296"], "Give an integer from 0 to 4294967295."],
])("refuses %j with exit code 2 and what is allowed", async (options, reason) => {
  const { code, stderr } = await cli.run("serve", ...options);
  expect(stderr).toContain(reason);
  expect(code).toBe(2);
});

it("refuses the options of a bad day where serve runs, and says who takes them", async () => {
  await cli.serve();
  const { code, stderr } = await cli.run("run", "--latency", "azure:0.1", "--no-pulumi", "--", "true");
  expect(stderr).toContain(
    "--latency: `serve` already runs local Azure. Give the options to it: end it, and start `npm run local -- serve` with them.",
  );
  expect(code).toBe(2);
});

it("prints the seed that it draws, so that a run can be repeated", async () => {
  const options = ["--replication", "azure", "--throttling", "azure", "--latency", "azure"];
  const drawn = await cli.run("run", ...options, "--no-pulumi", "--", "true");
  expect(drawn).toMatchObject({ code: 0, stdout: "" });
  const [, seed = ""] = /^The seed of this run is (\d+)\. Give --seed \1 to repeat it\.$/m.exec(drawn.stderr) ?? [];
  const repeated = await cli.run("run", ...options, "--seed", seed, "--no-pulumi", "--", "true");
  expect(repeated).toEqual({ code: 0, stdout: "", stderr: "" });
});

it("injects the faults of a scenario into the requests of a run, and tells which at its end", async () => {
  const { code, stdout, stderr } = await cli.run(
    "up",
    "--no-policy",
    "--json",
    "--faults",
    "arm-role-assignment-throttled",
  );
  const document = JSON.parse(stdout) as { ok: boolean; conditions: object };
  expect({ code, ok: document.ok }).toEqual({ code: 0, ok: true });
  const by = (rule: string): object => ({
    scenario: "arm-role-assignment-throttled",
    rule,
    effect: "answer",
    count: 1,
  });
  expect(document.conditions).toEqual({
    seed: expect.any(Number) as number,
    injected: [by("throttled"), by("timeout")],
  });
  expect(stderr).toMatch(
    /^Injected faults: 2\n {2}1 by arm-role-assignment-throttled, rule throttled: answered in the service's place$/m,
  );
  const lines = readFileSync(join(cli.directory, "requests.log"), "utf8").trim().split("\n");
  const injected = lines.map((line) => JSON.parse(line) as RequestRecord).filter((record) => record.injected);
  expect(injected.map(({ status, injected: mark }) => [status, mark?.rule])).toEqual([
    [429, "throttled"],
    [503, "timeout"],
  ]);
});

it("lets another program drive the faults of serve by the lines that the README has", async () => {
  const [lines] = blocksIn("sh").filter(({ text: block }) => block.includes("control.token"));
  const child = cli.start("serve", "--port", "0", "--control", "0", "--faults", "vault-throttled", "--json");
  const printed = await new Promise<string>((resolve) => {
    child.stdout.once("data", (chunk: Buffer) => {
      resolve(chunk.toString("utf8"));
    });
  });
  const { control } = JSON.parse(printed) as { control: { url: string; tokenFile: string } };
  expect(lines?.text).toContain("http://127.0.0.1:43211");
  const script = (lines?.text ?? "")
    .replaceAll("http://127.0.0.1:43211", control.url)
    .replaceAll(".local-azure/control.token", control.tokenFile);
  const told = execFileSync("sh", ["-eu"], { input: script, encoding: "utf8", env: { PATH: process.env["PATH"] } });
  expect(told).toContain('"name": "graph-throttled"');
  expect(told).toContain('"counts": []');
  const rest = text(child.stderr);
  const closed = once(child, "close");
  child.kill("SIGTERM");
  expect(await rest).toContain("No fault was injected: no rule of the scenarios was due for a request.");
  expect((await closed)[0]).toBe(0);
});
