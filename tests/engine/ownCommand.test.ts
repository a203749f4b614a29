import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { identities } from "../../local/azure/landingZone/layout";
import { CommandLine, type Finished } from "../local/cli/commandLine";

jest.setTimeout(300_000);

const root = join(__dirname, "..", "..");

let cli: CommandLine;
let project: string;

/** Runs the `pulumi` command itself on the program, in the environment of `local-azure run`. */
const pulumi = (...args: string[]): Promise<Finished> =>
  cli.run("run", "--", "pulumi", "--cwd", project, "--non-interactive", ...args);

beforeAll(() => {
  cli = new CommandLine();
  project = mkdtempSync(join(tmpdir(), "own-program-"));
  cpSync(join(root, "examples", "hand-written"), project, { recursive: true });
  symlinkSync(join(root, "node_modules"), join(project, "node_modules"));
});

afterAll(async () => {
  await cli.remove();
  rmSync(project, { recursive: true, force: true });
});

describe("the pulumi command, run by local-azure,", () => {
  it("deploys a program in which nothing of ours is, finds nothing to change, and takes it down", async () => {
    expect(await pulumi("stack", "init", "dev")).toMatchObject({ code: 0 });

    const up = await pulumi("up", "--stack", "dev", "--yes", "--skip-preview");
    expect(up).toMatchObject({ code: 0, stdout: expect.stringContaining("+ 7 created") as string });

    const outputs = await pulumi("stack", "output", "--stack", "dev", "--json");
    expect(JSON.parse(outputs.stdout)).toEqual({
      clientId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      secretUri: expect.stringMatching(
        /^https:\/\/kv-mailer[0-9a-f]{8}\.vault\.azure\.net\/secrets\/mailer$/,
      ) as string,
    });

    expect(await pulumi("preview", "--stack", "dev", "--expect-no-changes")).toMatchObject({ code: 0 });
    expect(await pulumi("destroy", "--stack", "dev", "--yes", "--skip-preview")).toMatchObject({ code: 0 });
  });

  it("shows what the program prints, and ends with what it threw", async () => {
    writeFileSync(
      join(project, "index.ts"),
      'console.log("in the program");\nthrow new Error("this program is broken");\n',
    );
    const failed = await pulumi("preview", "--stack", "dev");
    expect(failed.code).toBe(255);
    expect(failed.stdout).toContain("in the program");
    expect(failed.stdout).toContain("Error: this program is broken");
  });

  const programs: readonly (readonly [string, string, string])[] = [
    [
      "a type without a stand-in",
      'import * as web from "@pulumi/azure-native/web";\nnew web.WebApp("site", { resourceGroupName: "rg-daemons" });\n',
      "Resource type azure-native:web:WebApp not found: local Azure's azure-native provider has azure-native:",
    ],
    [
      "a package without a stand-in",
      'import { CustomResource } from "@pulumi/pulumi";\nnew CustomResource("random:index/randomId:RandomId", "suffix", { byteLength: 4 });\n',
      "The program uses the package random, which local Azure does not support. Supported packages:\n  azure-native:",
    ],
    [
      "a program that rejects",
      'import * as azuread from "@pulumi/azuread";\nnew azuread.Application("a", { displayName: Promise.reject(new Error("rejected here")) });\n',
      "error: rejected here\n",
    ],
    ["a program that throws", 'throw new Error("this program is broken");\n', "error: this program is broken\n"],
  ];

  it.each(programs)("refuses %s at preview, and says why", async (_, program, reason) => {
    writeFileSync(join(project, "index.ts"), program);
    const failed = await cli.run("preview", "--no-policy", "--cwd", project);
    expect(failed).toMatchObject({ code: 1, stdout: expect.stringContaining(reason) as string });
  });

  it("ends with the command's own exit code, or says that there is no such command", async () => {
    expect(await cli.run("run", "--no-pulumi", "--", "sh", "-c", "exit 7")).toMatchObject({ code: 7 });
    expect(await cli.run("run", "--no-pulumi", "--", "no-such-command")).toEqual({
      code: 127,
      stdout: "",
      stderr: "There is no command no-such-command on PATH.\n",
    });
  });

  it("signs in as whom it is told to", async () => {
    const script = "process.stdout.write(process.env.ARM_CLIENT_ID)";
    const ids: string[] = [];
    for (const identity of ["deployer", "consumer"] as const) {
      const words = ["run", "--no-pulumi", "--as", identity, "--", process.execPath, "-e", script];
      ids.push((await cli.run(...words)).stdout);
    }
    expect(ids).toEqual([identities.deployer.clientId, identities.consumer.clientId]);
  });
});
