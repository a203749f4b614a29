import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { runTool } from "./runTool";

const commands = [
  ["verify"],
  ["doctor"],
  ["review"],
  ["report"],
  ["policies"],
  ["adopt"],
  ["adopt", "report"],
  ["adopt", "import-file"],
  ["adopt", "settle"],
  ["credentials"],
  ["credentials", "certificate"],
  ["credentials", "disable-expired"],
  ["credentials", "recover"],
  ["estate"],
  ["estate", "plan"],
  ["estate", "review"],
  ["estate", "preview"],
  ["estate", "up"],
  ["estate", "verify"],
  ["estate", "drift"],
  ["estate", "destroy"],
  ["estate", "move"],
  ["estate", "kubernetes"],
];
const acting = commands.filter((path) => !["adopt", "credentials", "estate"].includes(path.join(" ")));

describe("the help of daemon-access", () => {
  it.each([[[]], ...commands.map((path) => [path])])("of %j fits 80 columns, with the exit codes", async (path) => {
    const { code, stdout, stderr } = await runTool([...path, "--help"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
    expect(stdout).toContain("Exit codes:\n  0  done, nothing failed\n");
  });

  it.each(acting.map((path) => [path]))("of %j has the options that every command has", async (path) => {
    const { stdout } = await runTool([...path, "--help"]);
    for (const option of ["--cwd <directory>", "--local", "--timeout <seconds>", "--json", "--verbose"]) {
      expect(stdout).toContain(`\n  ${option}`);
    }
  });

  it("lists each command with what it is for", async () => {
    const { stdout } = await runTool(["--help"]);
    for (const [name = ""] of commands) expect(stdout).toMatch(new RegExp(`^  ${name} +\\S`, "m"));
  });
});

describe("wrong arguments", () => {
  it.each([
    [["verfy"], "unknown command 'verfy'\n(Did you mean verify?)"],
    [["verify", "--vualt", "x"], "unknown option '--vualt'\n(Did you mean --vault?)"],
    [["credentials", "recovr"], "unknown command 'recovr'\n(Did you mean recover?)"],
    [["doctor", "--stak", "dev"], "unknown option '--stak'\n(Did you mean --stack?)"],
    [["doctor"], "required option '--stack <name>' not specified"],
    [["verify", "--stack", "dev", "extra"], "too many arguments"],
    [["verify", "--secret", "x", "--cwd", "/nowhere"], "--cwd: there is no directory /nowhere."],
  ])("%j end with 2 and the nearest right one", async (argv, told) => {
    const { code, stdout, stderr } = await runTool(argv);
    expect(stderr).toContain(told);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });

  it("are told as JSON too, where that was asked for", async () => {
    const { code, stdout } = await runTool(["verify", "--vault", "kv", "--json"]);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toEqual({ version: 1, ok: false, error: expect.stringContaining("--vault") as string });
  });
});

describe("the frame", () => {
  it("never prints a secret of whoever runs it", async () => {
    const AZURE_CLIENT_SECRET = "kept-to-oneself-1";
    const { stderr } = await runTool(["verify", "--vault", AZURE_CLIENT_SECRET], { env: { AZURE_CLIENT_SECRET } });
    expect(stderr).toContain('--vault: "[secret]"');
    expect(stderr).not.toContain(AZURE_CLIENT_SECRET);
  });

  it("hands --local to the local cloud, with the program's directory and the whole command line", async () => {
    const directory = realpathSync(mkdtempSync(`${tmpdir()}/local-`));
    const argv = ["verify", "--stack", "dev", "--local", "--cwd", directory];
    const handed: unknown[] = [];
    const { code } = await runTool(argv, {
      local: (words, project) => {
        handed.push(words, project);
        return Promise.resolve(7);
      },
    });
    rmSync(directory, { recursive: true });
    expect(code).toBe(7);
    expect(handed).toEqual([argv, directory]);
  });

  it("shows where an unexpected failure happened only when it is asked to", async () => {
    const preview = (): Promise<never> => Promise.reject(new Error("the disk is on fire"));
    const brief = await runTool(["review", "--stack", "dev"], { preview });
    expect(brief).toMatchObject({ code: 1, stdout: "" });
    expect(brief.stderr).toContain("the disk is on fire (--verbose shows where)");
    expect(brief.stderr).not.toContain("    at ");
    const verbose = await runTool(["review", "--stack", "dev", "--verbose"], { preview });
    expect(verbose.stderr).toContain("    at ");
  });
});
