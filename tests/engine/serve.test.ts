import { existsSync } from "node:fs";
import { once } from "node:events";
import { CommandLine } from "../local/cli/commandLine";
import { documentOf, succeeded } from "./support/document";
import { RunningCommand } from "./support/processes";

jest.setTimeout(300_000);

let cli: CommandLine;

beforeEach(() => {
  cli = new CommandLine(undefined, false);
});

afterEach(() => cli.remove());

describe("while serve runs", () => {
  it("the other commands use it, and a kill -9 of it loses nothing", async () => {
    const served = await cli.serve();
    const { stdout } = succeeded(await cli.run());
    expect(stdout).toContain("\nLocal Azure, run by `serve`\n");
    expect(stdout).toContain(/http:\/\/127\.0\.0\.1:\d+/.exec(served.ready)?.[0] ?? "no address");

    const closed = once(served.child, "close");
    served.child.kill("SIGKILL");
    await closed;
    await cli.serve();
    const again = documentOf(succeeded(await cli.run("--json")));
    expect(again).toMatchObject({
      changes: { unchanged: 22 },
      verify: { ok: true, counts: { passed: 10, waiting: 1 } },
    });

    const consented = succeeded(await cli.run("consent", "--daemon", "report-mailer"));
    expect(consented.stdout).toBe("Consented for report-mailer: User.Read.All.\n");
    const verified = succeeded(await cli.run("verify"));
    expect(verified.stdout.trimEnd()).toMatch(/\n11 passed\.$/);

    expect(await cli.run("verify", "--at", "2027-04-05T00:00:00Z")).toEqual({
      code: 2,
      stdout: "",
      stderr: "--at: `serve` runs local Azure, at the system's time. End it, and run the same command again.\n",
    });
  });

  it("two commands at work on the stack are one too many, and the first goes on", async () => {
    await cli.serve();
    const first = new RunningCommand(cli, "up", "--json");
    await first.until(/ created /);
    first.child.kill("SIGSTOP");
    const second = await cli.run("up");
    first.child.kill("SIGCONT");
    expect(second).toEqual({
      code: 1,
      stdout: expect.any(String) as string,
      stderr: `\`npm run local -- up\` (process ${first.pid}) is using the stack. Wait until it ends, or stop it.\n`,
    });
    expect(documentOf(succeeded(await first.ended))).toMatchObject({ ok: true, changes: { created: 22 } });
  });
});

it("without serve, a second command and a reset are told who has the state open", async () => {
  const first = new RunningCommand(cli, "up", "--json");
  await first.until(/ created /);
  first.child.kill("SIGSTOP");
  const holder = `The state in ${cli.directory} is in use by \`npm run local -- up\` (process ${first.pid}).`;
  const second = await cli.run("up");
  const reset = await cli.run("reset");
  first.child.kill("SIGCONT");
  expect({ code: second.code, told: second.stderr.startsWith(holder) }).toEqual({ code: 1, told: true });
  expect({ code: reset.code, stderr: reset.stderr }).toEqual({
    code: 1,
    stderr: expect.stringContaining(`\`npm run local -- up\` (process ${first.pid})`) as string,
  });
  expect(documentOf(succeeded(await first.ended))).toMatchObject({ ok: true, changes: { created: 22 } });

  succeeded(await cli.run("reset"));
  expect(existsSync(cli.directory)).toBe(false);
  expect((await cli.run("outputs")).stderr).toBe("The stack dev is not deployed. Run `npm run local` first.\n");
});
