import { CommandLine } from "./commandLine";

let cli: CommandLine;

beforeEach(() => {
  cli = new CommandLine();
});

afterEach(async () => {
  await cli.remove();
});

it.each([
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
    "--latency: `serve` runs local Azure already. Give the options to it: end it, and start `npm run local -- serve` with them.",
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
