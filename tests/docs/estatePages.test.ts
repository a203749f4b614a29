import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { parse } from "yaml";
import { runTool } from "../tools/cli/runTool";
import { blocksIn } from "./pages";

interface Step {
  readonly run?: string;
  readonly bash?: string;
}
interface Job {
  readonly job?: string;
  readonly steps: readonly Step[];
  readonly strategy?: { readonly matrix: string };
}

const blocks = blocksIn("yaml").filter(({ page }) => page === "docs/how-to/estate-pipelines.md");
const parsed = blocks.map(({ text }) => parse(text) as Readonly<Record<string, unknown>>);
const gitHub = parsed.find(({ jobs }) => typeof jobs === "object" && !Array.isArray(jobs))?.["jobs"] as Record<
  string,
  Job
>;
const azureDevOps = parsed.find(({ jobs }) => Array.isArray(jobs))?.["jobs"] as readonly Job[];

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "estate-pages-"));
  mkdirSync(join(directory, "bin"));
  writeFileSync(join(directory, "Pulumi.yaml"), "name: daemons\nruntime: nodejs\n");
  writeFileSync(join(directory, "Pulumi.platform.yaml"), "config:\n  daemons:platform: { vaults: [a] }\n");
  writeFileSync(
    join(directory, "Pulumi.team-a.yaml"),
    "config:\n  daemons:platformStack: { stack: o/daemons/platform }\n",
  );
});

afterAll(() => {
  rmSync(directory, { recursive: true });
});

/** A program of the given name on PATH. */
function command(name: string, script: string): void {
  const file = join(directory, "bin", name);
  writeFileSync(file, `#!${process.execPath}\n${script}`);
  chmodSync(file, 0o755);
}

/** Runs a page's script that asks for the plan, and gives what it printed and left in GitHub's file. */
async function planned(script = ""): Promise<{ readonly stdout: string; readonly file: string }> {
  const { stdout: plan } = await runTool(["estate", "plan", "--json", "--cwd", directory]);
  const [document, file] = [join(directory, "plan.json"), join(directory, "github-output")];
  writeFileSync(document, plan);
  writeFileSync(file, "");
  command("npx", `process.stdout.write(require("node:fs").readFileSync(${JSON.stringify(document)}));`);
  const select = "process.argv.at(-1).slice(1)";
  const read = `JSON.parse(require("node:fs").readFileSync(0, "utf8"))`;
  command("jq", `const of = ${select}, all = ${read}; console.log(JSON.stringify(of === "" ? all : all[of]));`);
  const env = { PATH: [join(directory, "bin"), process.env["PATH"]].join(delimiter), GITHUB_OUTPUT: file };
  const { status, stdout, stderr } = spawnSync("bash", ["--norc", "-e", "-c", script], {
    encoding: "utf8",
    env: { ...env, BEFORE: "HEAD", SINCE: "HEAD" },
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return { stdout, file: readFileSync(file, "utf8") };
}

const platform = { stack: "platform" };
const team = { stack: "team-a" };

describe("the pipelines of an estate, as the page has them", () => {
  it("GitHub's plan gives the matrices that its jobs name", async () => {
    const { file } = await planned(gitHub["plan"]?.steps.find(({ run }) => run?.includes("estate plan"))?.run);
    const plan = JSON.parse(file.slice("plan=".length)) as Record<string, unknown>;
    const named = ["platform", "teams"].map(
      (job) => /\.(\w+) }}$/.exec(gitHub[job]?.strategy?.matrix ?? "")?.[1] ?? "",
    );
    expect(named.map((name) => plan[name])).toEqual([{ include: [platform] }, { include: [team] }]);
  });

  it("Azure DevOps' plan sets the matrices that its jobs name", async () => {
    const plan = azureDevOps.find(({ job }) => job === "plan");
    const { stdout } = await planned(plan?.steps.find(({ bash }) => bash?.includes("estate plan"))?.bash);
    const set = new Map(
      [...stdout.matchAll(/variable=(\w+);isOutput=true\](.*)/g)].map(([, name, value = ""]) => [
        name,
        JSON.parse(value) as unknown,
      ]),
    );
    const named = ["platform", "teams"].map((name) => {
      const { strategy } = azureDevOps.find(({ job }) => job === name) ?? { strategy: undefined };
      return /legs\.(\w+)/.exec(strategy?.matrix ?? "")?.[1];
    });
    expect(named.map((name) => set.get(name))).toEqual([{ stack_0_platform: platform }, { stack_0_team_a: team }]);
  });

  it("Deployments' settings and schedules are of one stack each", () => {
    const resources = parsed.find(({ runtime }) => runtime === "yaml")?.["resources"] as Record<
      string,
      { readonly type: string; readonly properties: { readonly stack: string } }
    >;
    expect(Object.values(resources).map(({ type, properties }) => [type, properties.stack])).toEqual([
      ["pulumiservice:DeploymentSettings", "forecasting"],
      ["pulumiservice:DeploymentSchedule", "forecasting"],
    ]);
  });
});
