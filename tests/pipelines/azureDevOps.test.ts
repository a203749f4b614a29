import { parse } from "yaml";
import { z } from "zod";
import { contentOf, filesOf } from "./pipelineFiles";

const scalar = z.union([z.string(), z.boolean(), z.number()]);
const variables = z.record(z.string(), scalar);
const stepBase = { displayName: z.string().optional(), name: z.string().optional(), condition: z.string().optional() };
const steps = z.array(
  z.union([
    z.strictObject({ checkout: z.literal("self"), persistCredentials: z.literal(false) }),
    z.strictObject({
      template: z.enum(["steps/prepare.yml", "steps/with-azure.yml"]),
      parameters: variables.optional(),
    }),
    z.strictObject({ ...stepBase, script: z.string(), env: variables.optional() }),
    z.strictObject({ ...stepBase, task: z.string(), inputs: variables, env: variables.optional() }),
    z.strictObject({ ...stepBase, publish: z.string(), artifact: z.string() }),
    z.strictObject({ download: z.literal("current"), artifact: z.string() }),
  ]),
);
const jobBase = {
  displayName: z.string(),
  dependsOn: z.union([z.string(), z.array(z.string())]).optional(),
  condition: z.string().optional(),
  timeoutInMinutes: z.number().max(60),
  variables: variables.optional(),
};
const job = z.strictObject({ ...jobBase, job: z.string(), steps });
const deployment = z.strictObject({
  ...jobBase,
  deployment: z.string(),
  environment: z.string(),
  strategy: z.strictObject({ runOnce: z.strictObject({ deploy: z.strictObject({ steps }) }) }),
});
const jobs = z.array(z.union([job, deployment]));
const stage = z.strictObject({
  stage: z.string(),
  displayName: z.string(),
  dependsOn: z.union([z.string(), z.array(z.string())]).optional(),
  condition: z.string().optional(),
  jobs,
});
const branches = z.strictObject({ include: z.array(z.string()) });
const parameter = z.strictObject({
  name: z.string(),
  displayName: z.string().optional(),
  type: z.literal("string"),
  default: z.string().optional(),
});
const common = {
  trigger: z.union([z.literal("none"), z.strictObject({ batch: z.boolean(), branches })]),
  pr: z.literal("none").optional(),
  schedules: z
    .array(z.strictObject({ cron: z.string(), displayName: z.string(), branches, always: z.boolean() }))
    .optional(),
  parameters: z.array(parameter),
  lockBehavior: z.literal("sequential").optional(),
  pool: z.strictObject({ vmImage: z.string() }),
  variables: z.array(
    z.union([z.strictObject({ group: z.string() }), z.strictObject({ name: z.string(), value: z.string() })]),
  ),
};
const pipeline = z.union([z.strictObject({ ...common, jobs }), z.strictObject({ ...common, stages: z.array(stage) })]);
const template = z.strictObject({ parameters: z.array(parameter).optional(), steps });

type Job = z.infer<typeof jobs>[number];

const paths = filesOf("azure-devops", ".yml");
const templates = filesOf("azure-devops/steps", ".yml");
const read = (path: string): z.infer<typeof pipeline> => pipeline.parse(parse(contentOf(path)));
const named = (name: string): z.infer<typeof pipeline> => read(`pipelines/azure-devops/${name}.yml`);
const jobsOf = (given: z.infer<typeof pipeline>): Job[] =>
  "jobs" in given ? given.jobs : given.stages.flatMap((each) => each.jobs);
const stepsOf = (given: Job): z.infer<typeof steps> =>
  "steps" in given ? given.steps : given.strategy.runOnce.deploy.steps;
const allJobs = paths.flatMap((path) =>
  jobsOf(read(path)).map((given) => ({ name: `${path} ${given.displayName}`, given })),
);

describe("the Azure DevOps pipelines", () => {
  it("are a pull request, main, the night and a destroy", () => {
    expect(paths.map((path) => path.split("/").at(-1))).toEqual([
      "destroy.yml",
      "main.yml",
      "nightly.yml",
      "pull-request.yml",
    ]);
  });

  it.each(paths)("%s has only what a pipeline may have, and every job a limit in minutes", (path) => {
    expect(() => read(path)).not.toThrow();
  });

  it.each(templates)("%s has only what a template of steps may have", (path) => {
    expect(() => template.parse(parse(contentOf(path)))).not.toThrow();
  });

  it.each([...paths, ...templates])("%s knows no stored secret", (path) => {
    expect(contentOf(path)).not.toMatch(/secret\b.*\$\(|CLIENT_SECRET|PULUMI_ACCESS_TOKEN|STORAGE_KEY|PASSPHRASE/i);
    expect(contentOf(path)).not.toMatch(/AzureKeyVault@/);
  });

  it("deploy, rotate and destroy one at a time, each under an environment that can be protected", () => {
    for (const name of ["main", "nightly", "destroy"]) expect(named(name).lockBehavior).toBe("sequential");
    const deploying = allJobs.filter(({ given }) =>
      stepsOf(given).some((each) => "template" in each && each.template === "steps/with-azure.yml"),
    );
    expect(deploying.length).toBe(5);
    for (const { name, given } of deploying) {
      expect({ name, protected: "deployment" in given }).toEqual({ name, protected: !name.includes("pull-request") });
    }
  });

  it("sign in by a service connection of their own for previews", () => {
    const connections = (name: string): unknown[] =>
      jobsOf(named(name)).flatMap((given) =>
        stepsOf(given).flatMap((each) =>
          "template" in each && each.parameters ? [each.parameters["connection"]] : [],
        ),
      );
    expect(new Set(connections("pull-request"))).toEqual(
      new Set(["azure-daemon-access-${{ parameters.stack }}-preview"]),
    );
    expect(new Set(["main", "nightly", "destroy"].flatMap(connections))).toEqual(
      new Set(["azure-daemon-access-${{ parameters.stack }}"]),
    );
  });

  it("show the job's own token to no step that signs in to Azure", () => {
    for (const path of templates) expect(contentOf(path)).not.toContain("System.AccessToken");
  });

  it("run only steps that stand in pipelines/steps", () => {
    const known = filesOf("steps", ".sh").map((path) => path.split("/").at(-1));
    const run = [...paths, ...templates].flatMap((path) =>
      [...contentOf(path).matchAll(/(?:script: |pipelines\/steps\/)([a-z-]+\.sh)/g)].map(([, name]) => name),
    );
    expect(run.length).toBeGreaterThan(8);
    for (const name of run) expect(known).toContain(name);
  });
});
