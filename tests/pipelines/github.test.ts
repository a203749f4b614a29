import { parse } from "yaml";
import { z } from "zod";
import { contentOf, filesOf } from "./pipelineFiles";

const step = z.looseObject({ uses: z.string().optional(), run: z.string().optional() });
const job = z.looseObject({
  "timeout-minutes": z.number().max(60),
  permissions: z.record(z.string(), z.enum(["read", "write"])),
  environment: z.string().optional(),
  env: z.record(z.string(), z.string()).optional(),
  steps: z.array(step),
});
const workflow = z.looseObject({
  on: z.record(z.string(), z.unknown()),
  permissions: z.strictObject({}),
  concurrency: z.strictObject({ group: z.string(), "cancel-in-progress": z.boolean() }),
  jobs: z.record(z.string(), job),
});

const paths = filesOf("github", ".yml");
const read = (path: string): z.infer<typeof workflow> => workflow.parse(parse(contentOf(path)));
const named = (name: string): z.infer<typeof workflow> => read(`pipelines/github/${name}.yml`);
const allJobs = paths.flatMap((path) =>
  Object.entries(read(path).jobs).map(([name, job]) => ({ name: `${path} ${name}`, job })),
);

describe("the GitHub workflows", () => {
  it("are a pull request, main, the night and a destroy", () => {
    expect(paths.map((path) => path.split("/").at(-1))).toEqual([
      "destroy.yml",
      "main.yml",
      "nightly.yml",
      "pull-request.yml",
    ]);
  });

  it.each(paths)("%s gives no permission to all jobs, and every job a limit in minutes", (path) => {
    expect(() => read(path)).not.toThrow();
  });

  it.each([...paths, "pipelines/github/prepare/action.yml"])("%s knows no stored secret", (path) => {
    const secrets = [...contentOf(path).matchAll(/secrets\s*[.[][^\s}]*/g)].map(([found]) => found);
    expect(secrets.filter((found) => found !== "secrets.GITHUB_TOKEN")).toEqual([]);
    expect(contentOf(path)).not.toMatch(/client-secret|CLIENT_SECRET|ACCESS_TOKEN|creds:|STORAGE_KEY|PASSPHRASE/);
  });

  it.each([...paths, "pipelines/github/prepare/action.yml"])("%s pins every action of others to a commit", (path) => {
    const used = [...contentOf(path).matchAll(/uses: (\S+)( # v[\d.]+)?/g)].map(([, action = "", version]) => ({
      action,
      version,
    }));
    expect(used.length).toBeGreaterThan(0);
    for (const { action, version } of used.filter(({ action }) => !action.startsWith("./"))) {
      expect(action).toMatch(/@[0-9a-f]{40}$/);
      expect(version).toBeDefined();
    }
  });

  it("let one run at a time work on a stack", () => {
    for (const name of ["main", "nightly", "destroy"]) {
      expect(named(name).concurrency).toEqual({ group: "stack-${{ vars.PULUMI_STACK }}", "cancel-in-progress": false });
    }
  });

  it.each(allJobs)("$name signs in to Azure only under an environment that can be protected", ({ job }) => {
    expect(job.environment !== undefined).toBe(job.permissions["id-token"] === "write");
  });

  it.each(allJobs)("$name has either an identity in Azure or the right to write on GitHub, never both", ({ job }) => {
    const writes = Object.entries(job.permissions).filter(([, right]) => right === "write");
    expect(writes.length).toBeLessThanOrEqual(1);
  });

  it.each(allJobs)("$name puts no expression into a shell, where it could become a command", ({ job }) => {
    for (const { run } of job.steps) expect(run ?? "").not.toContain("${{");
  });

  it("never run a pull request's code with the token of the base", () => {
    for (const path of paths) expect(Object.keys(read(path).on)).not.toContain("pull_request_target");
    const { comment } = named("pull-request").jobs;
    expect(comment?.steps[0]).toMatchObject({ with: { ref: "${{ github.event.pull_request.base.sha }}" } });
  });

  it("keep the previewer apart from the deployer", () => {
    expect(named("pull-request").jobs["preview"]?.environment).toBe("${{ vars.PULUMI_STACK }}-preview");
    expect(named("main").jobs["deploy"]?.environment).toBe("${{ vars.PULUMI_STACK }}");
    expect(named("destroy").jobs["destroy"]?.environment).toBe("${{ vars.PULUMI_STACK }}-destroy");
  });

  it("destroy only where the branch is main and the name was written", () => {
    expect(named("destroy").jobs["destroy"]).toMatchObject({
      if: "github.ref == 'refs/heads/main'",
      env: { CONFIRM: "${{ inputs.confirm }}" },
    });
  });

  it("look for what the job's identity lacks before it previews or deploys", () => {
    const runs = (name: string, of: string): string[] =>
      named(name).jobs[of]?.steps.flatMap(({ run }) => run ?? []) ?? [];
    expect(runs("pull-request", "preview")).toEqual([
      "sh pipelines/steps/doctor.sh --for preview",
      "sh pipelines/steps/preview.sh",
    ]);
    expect(runs("main", "deploy").slice(0, 2)).toEqual([
      "sh pipelines/steps/doctor.sh --for up,expire",
      "sh pipelines/steps/up.sh",
    ]);
  });

  it("rotate after the drift check, whatever it found", () => {
    expect(named("nightly").jobs["rotate"]).toMatchObject({
      needs: "drift",
      if: "${{ !cancelled() && github.ref == 'refs/heads/main' }}",
    });
  });

  it("run each of the steps as they stand in pipelines/steps", () => {
    const steps = new Set(filesOf("steps", ".sh"));
    const runs = allJobs.flatMap(({ job }) => job.steps.flatMap(({ run }) => (run === undefined ? [] : [run])));
    for (const run of runs) expect([...steps]).toContain(/^sh (\S+)/.exec(run)?.[1]);
  });
});
