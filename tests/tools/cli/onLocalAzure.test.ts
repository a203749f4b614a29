import { CommandLine, type Finished } from "../../local/cli/commandLine";
import { run } from "../../support/command";

jest.setTimeout(300_000);

let cli: CommandLine;

/** daemon-access as `--local` hands it over. */
const tool = (...args: string[]): Promise<Finished> => cli.run("tool", "--", ...args, "--stack", "dev", "--local");

beforeAll(async () => {
  cli = new CommandLine();
  expect(await cli.run("up", "--no-policy")).toMatchObject({ code: 0 });
});

afterAll(() => cli.remove());

describe("daemon-access --local, on what npm run local has deployed,", () => {
  it("verifies as the consumer", async () => {
    const { code, stdout } = await tool("verify", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, counts: { failed: 0, waiting: 1 } });
  });

  it("examines the deployer", async () => {
    const { code, stdout } = await tool("doctor", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, stack: "dev", counts: { failed: 0 } });
  });

  it("reviews against what stands there", async () => {
    const { code, stdout } = await tool("review", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, preview: { ok: true }, access: { changes: [] } });
  });

  it("disables nothing where nothing has ended", async () => {
    const args = ["tools/start.mjs", "credentials", "disable-expired", "--stack", "dev", "--local"];
    const { code, stdout } = await run(process.execPath, args, { LOCAL_AZURE_DIRECTORY: cli.directory });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Nothing to disable in https:\/\/kv-daemons\w+\.vault\.azure\.net\.\n$/);
  });
});
