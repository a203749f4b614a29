import { once } from "node:events";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { LocalAzure } from "../../../local/azure/localAzure";
import { CommandLine } from "./commandLine";

let cli: CommandLine;

beforeEach(() => {
  cli = new CommandLine();
});

afterEach(async () => {
  await cli.remove();
});

jest.setTimeout(60_000);

describe("wrong arguments", () => {
  it.each([
    [["deplyo"], "unknown command 'deplyo'\n(Did you mean deploy?)"],
    [["deploy", "dev"], "too many arguments for 'deploy'"],
    [["--nonsense"], "unknown option '--nonsense'\n(npm run local -- --help lists the commands and their options.)"],
    [["up", "--polices"], "unknown option '--polices'\n(Did you mean --policies?)"],
    [["up", "--config", "lake"], "Give key=value, for example lake.sku=Standard_LRS."],
    [["serve", "--port", "many"], "Give a port number from 0 to 65535."],
    [["up", "--at", "2027-04-05"], "Give a date and time with its zone, for example 2027-04-05T00:00:00Z."],
    [["up", "--at", "2027-13-05T00:00:00Z"], "Give a date and time with its zone, for example 2027-04-05T00:00:00Z."],
    [["serve", "--at", "2027-04-05T00:00:00Z"], "--at: serve keeps the system's time, as the tools do that use it."],
    [["consent"], "required option '--daemon <name>' not specified"],
    [["serve", "--issuer", "https://id.example"], "is not <issuer>=<file or address>, for example"],
    [["serve", "--issuer", "http://id.example=keys.json"], 'The issuer "http://id.example" is no https:// address'],
    [
      ["serve", "--issuer", "https://id.example=https://id.example"],
      "is not an http:// address of this machine, and local Azure sends no requests to other hosts.",
    ],
    [
      ["env", "--as", "consumer", "--on", "laptop"],
      "Allowed choices are virtual-machine, machine-learning, app-service.",
    ],
    [["env", "--as", "nobody"], '"nobody" is unknown. Local Azure has deployer, consumer, stranger, administrator.'],
  ])("%j end with exit code 2 and the reason", async (args, reason) => {
    const { code, stderr, stdout } = await cli.run(...args);
    expect(stderr).toContain(reason);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });
});

describe("a wrong configuration", () => {
  const wrong = [
    "--config",
    "location=West Europe",
    "--config",
    "lake=5",
    "--config",
    "daemons[1].graph.consent=grants",
  ];

  it("is refused with every problem and exit code 2, and nothing is started", async () => {
    const { code, stdout, stderr } = await cli.run("up", ...wrong);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^The configuration of this stack has 3 problems, and nothing was deployed:\n/);
    for (const setting of ["location", "lake", "daemons[1].graph.consent"]) {
      expect(stderr).toContain(`\n  azure-daemon-access:${setting}: got `);
    }
    expect(readdirSync(cli.directory)).toEqual([]);
  });

  it("is one document with --json", async () => {
    const { code, stdout } = await cli.run("--json", ...wrong);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toEqual({
      ok: false,
      error: expect.stringContaining("has 3 problems") as string,
      problems: [
        expect.stringContaining('location: got "West Europe"'),
        expect.stringContaining('lake: got the text "5"'),
        expect.stringContaining('consent: got "grants"'),
      ],
    });
  });

  it("says which override leads nowhere", async () => {
    const { code, stderr } = await cli.run("preview", "--config", "daemons[7].name=x");
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        "--config daemons[7].name: azure-daemon-access:daemons has 2 entries. Give an index from 0 to 2, which adds one.\n",
    });
  });
});

it("goes on when nobody reads its output any more", async () => {
  const child = cli.start("--help");
  child.stdout.destroy();
  const [ended, stderr] = await Promise.all([once(child, "close"), text(child.stderr)]);
  expect({ ended, stderr }).toEqual({ ended: [0, null], stderr: "" });
});

it("shows every command and examples with --help", async () => {
  const { code, stdout } = await cli.run("--help");
  expect(code).toBe(0);
  for (const word of [
    "deploy",
    "preview",
    "up",
    "refresh",
    "destroy",
    "verify",
    "outputs",
    "consent",
    "serve",
    "env",
    "reset",
  ]) {
    expect(stdout).toMatch(new RegExp(`^  ${word}\\b`, "m"));
  }
  expect(stdout).toContain("npm run local -- preview --diff");
});

it.each(["up", "env", "serve"])("shows %s's own options and those of every command", async (command) => {
  const { code, stdout } = await cli.run(command, "--help");
  expect(code).toBe(0);
  expect(stdout).toMatch(new RegExp(`^Usage: npm run local -- ${command} \\[options\\]\n`));
  expect(stdout).toMatch(/^Options of every command:\n {2}--stack <name>/m);
  expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
});

it.each([
  ["--help", /^Usage: local-azure \[options\]/],
  ["run --help", /^Usage: local-azure run \[options\] <command\.\.\.>/],
])("names itself local-azure where no npm script runs it, within 80 columns: %s", async (words, usage) => {
  cli.variables["npm_lifecycle_event"] = "";
  const { code, stdout } = await cli.run(...words.split(" "));
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(usage) as string });
  expect(stdout).toContain("  npx local-azure ");
  expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
});

it("says that a stack is not deployed, in one line", async () => {
  const { code, stderr } = await cli.run("outputs");
  expect({ code, stderr }).toEqual({ code: 1, stderr: "The stack dev is not deployed. Run `npm run local` first.\n" });
});

describe("serve", () => {
  it("says in one line where it is, and env then names that address", async () => {
    const { ready } = await cli.serve();
    const [, proxyUrl] = /^Local Azure is ready at (http:\/\/127\.0\.0\.1:\d+) .*\n$/.exec(ready) ?? [];
    const { code, stdout, stderr } = await cli.run("env");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain(`export HTTPS_PROXY='${proxyUrl ?? ""}'\n`);
  });

  it("ends with exit code 0 when it is interrupted, and leaves no word of itself", async () => {
    const { child } = await cli.serve();
    child.kill("SIGINT");
    expect(await once(child, "close")).toEqual([0, null]);
    expect(existsSync(join(cli.directory, "serve.json"))).toBe(false);
  });

  it("is not started twice, and the state is not emptied under it: both say who is there", async () => {
    const { child } = await cli.serve();
    for (const args of [["serve"], ["reset"]]) {
      const { code, stderr } = await cli.run(...args);
      expect(stderr).toContain(`is in use by \`npm run local -- serve\` (process ${child.pid ?? 0})`);
      expect(code).toBe(1);
    }
  });

  it("is known to be gone after a kill -9, and starts again", async () => {
    const { child } = await cli.serve();
    const closed = once(child, "close");
    child.kill("SIGKILL");
    await closed;
    expect((await cli.run("env")).stderr).toContain("Local Azure is not running");
    expect((await cli.serve()).ready).toContain("Local Azure is ready");
  });
});

describe("reset", () => {
  it("deletes the state and nothing else, and says so a second time", async () => {
    await (await LocalAzure.open({ stateDirectory: cli.directory })).close();
    expect((await cli.run("reset")).stdout).toBe(`Emptied ${cli.directory}.\n`);
    expect(existsSync(cli.directory)).toBe(false);
    expect((await cli.run("reset")).stdout).toBe(`${cli.directory} is already empty.\n`);
  });

  it.each(["reset", "serve"])("%s refuses a directory of other files, and leaves them", async (command) => {
    writeFileSync(join(cli.directory, "thesis.tex"), "years of work");
    const { code, stderr } = await cli.run(command);
    expect(stderr).toContain(`${cli.directory} is not a state directory of local Azure`);
    expect({ code, files: readdirSync(cli.directory) }).toEqual({ code: 2, files: ["thesis.tex"] });
  });
});
