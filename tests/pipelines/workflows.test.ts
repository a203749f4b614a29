import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { scripts, workspaces } from "../../package.json";
import { contentOf, root } from "./pipelineFiles";

const step = z.looseObject({ uses: z.string().optional(), run: z.string().optional() });
const job = z.looseObject({
  permissions: z.record(z.string(), z.enum(["read", "write"])),
  environment: z.string().optional(),
  uses: z.string().optional(),
  steps: z.array(step).default([]),
});
const workflow = z.looseObject({ permissions: z.strictObject({}), jobs: z.record(z.string(), job) });

const paths = readdirSync(join(root, ".github/workflows")).map((name) => `.github/workflows/${name}`);
const jobsOf = (name: string): Record<string, z.infer<typeof job>> =>
  workflow.parse(parse(contentOf(`.github/workflows/${name}.yml`))).jobs;
const shellOf = (jobs: Record<string, z.infer<typeof job>>): string =>
  Object.values(jobs)
    .flatMap(({ steps }) => steps.map(({ run }) => run ?? ""))
    .join("\n");

describe("the repository's own workflows", () => {
  it.each(paths)("%s gives each job its permissions, and pins every action of others to a commit", (path) => {
    expect(() => workflow.parse(parse(contentOf(path)))).not.toThrow();
    for (const [, action = ""] of contentOf(path).matchAll(/uses: (?!\.\/)(.+)/g)) {
      expect(action).toMatch(/@[0-9a-f]{40} # v[\d.]+$/);
    }
  });

  it.each(paths)("%s puts no expression into a shell, and knows no stored secret", (path) => {
    expect(shellOf(jobsOf(path.replace(/.*\/|\.yml/g, "")))).not.toContain("${{");
    expect(contentOf(path)).not.toMatch(/secrets\.(?!GITHUB_TOKEN)|NPM_TOKEN|_authToken/);
  });

  it("run checks, tests, client programs and the soak, by scripts that are there", () => {
    const run = [...shellOf(jobsOf("ci")).matchAll(/npm (?:run )?(\w+)/g)].map(([, script = ""]) => script);
    expect(new Set(run.filter((script) => script !== "ci"))).toEqual(new Set(["check", "test", "clients", "soak"]));
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(["check", "test", "clients", "soak"]));
  });

  it("release what CI has tested, every package with a bill of materials", () => {
    const { ci, pack, publish } = jobsOf("release");
    expect([ci?.uses, pack?.["needs"], publish?.["needs"]]).toEqual(["./.github/workflows/ci.yml", "ci", "pack"]);
    const packing = shellOf(jobsOf("release"));
    expect(packing).toContain("npm sbom --sbom-format cyclonedx");
    expect(/for workspace in (.+); do/.exec(packing)?.[1]?.split(" ").sort()).toEqual(workspaces.toSorted());
  });

  it("publish with provenance, under an environment, where no code of the repository runs", () => {
    const withToken = Object.entries(jobsOf("release")).filter(
      ([, { permissions }]) => permissions["id-token"] === "write",
    );
    expect(withToken.map(([name, { environment, permissions }]) => ({ name, environment, permissions }))).toEqual([
      { name: "publish", environment: "npm", permissions: { "id-token": "write" } },
    ]);
    const [[, publish] = ["", undefined]] = withToken;
    expect(publish?.steps.filter(({ uses }) => uses?.startsWith("actions/checkout"))).toEqual([]);
    expect(publish?.steps.map(({ run }) => run ?? "").join("\n")).toMatch(/npm publish .*--provenance/);
  });
});
