import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { credentialFormats, credentialSecretName } from "../../components/vault/credentialFormats";
import { contentOf, root } from "./pipelineFiles";

const directory = "examples/pipelines";
const filesIn = (host: string): string[] =>
  readdirSync(join(root, directory, host))
    .sort()
    .map((name) => `${directory}/${host}/${name}`);

const text = z.record(z.string(), z.string());
const action = z.strictObject({
  name: z.string().optional(),
  uses: z.string(),
  with: z.record(z.string(), z.unknown()),
});
const command = z.strictObject({ name: z.string(), id: z.string().optional(), run: z.string() });
const workflow = z.strictObject({
  name: z.string(),
  on: z.strictObject({ workflow_dispatch: z.null() }),
  permissions: z.strictObject({}),
  concurrency: z.strictObject({ group: z.string(), "cancel-in-progress": z.boolean() }),
  jobs: z.strictObject({
    train: z.strictObject({
      if: z.string().optional(),
      "runs-on": z.string(),
      "timeout-minutes": z.number().max(60),
      environment: z.string().optional(),
      permissions: z.strictObject({ contents: z.literal("read"), "id-token": z.literal("write") }),
      env: text.optional(),
      steps: z.array(z.union([action, command])),
    }),
  }),
});

const task = z.strictObject({
  task: z.literal("AzureCLI@2"),
  displayName: z.string(),
  inputs: z.strictObject({
    azureSubscription: z.string(),
    scriptType: z.literal("bash"),
    scriptLocation: z.literal("inlineScript"),
    inlineScript: z.string(),
  }),
});
const script = z.strictObject({ script: z.string(), displayName: z.string(), env: text });
const pipeline = z.strictObject({
  trigger: z.literal("none"),
  pr: z.literal("none"),
  pool: z.strictObject({ vmImage: z.string() }),
  variables: z.array(z.strictObject({ name: z.string(), value: z.string() })).optional(),
  jobs: z.tuple([
    z.strictObject({
      job: z.string(),
      displayName: z.string(),
      timeoutInMinutes: z.number().max(60),
      steps: z.array(z.union([task, script])),
    }),
  ]),
});

const stepsOnGitHub = (name: string): z.infer<typeof workflow>["jobs"]["train"]["steps"] =>
  workflow.parse(parse(contentOf(`${directory}/github/${name}.yml`))).jobs.train.steps;
const stepsOnAzureDevOps = (name: string): (z.infer<typeof task> | z.infer<typeof script>)[] =>
  pipeline.parse(parse(contentOf(`${directory}/azure-devops/${name}.yml`))).jobs[0].steps;
const logins = (name: string): Record<string, unknown>[] =>
  stepsOnGitHub(name).flatMap((step) => ("uses" in step && step.uses.startsWith("azure/login@") ? [step.with] : []));

/** What the credential of a daemon is when it is read from the vault in this format. */
const sdkAuth = JSON.parse(
  credentialFormats.get("sdk-auth")?.render({
    daemon: "forecast-trainer",
    tenantId: "t",
    clientId: "c",
    clientSecret: "s",
    subscriptionId: "u",
  }) ?? "{}",
) as Record<string, unknown>;

const all = ["github", "azure-devops"].flatMap(filesIn);

describe("the examples of logging in", () => {
  it("are the same two ways on both hosts", () => {
    for (const host of ["github", "azure-devops"]) {
      expect(filesIn(host)).toEqual(["create-for-rbac", "federated"].map((name) => `${directory}/${host}/${name}.yml`));
    }
    expect(contentOf(`${directory}/README.md`)).toEqual(expect.stringContaining("github/federated.yml"));
  });

  it.each(all)("%s is whole, and gives its job a limit in minutes", (path) => {
    const schema = path.includes("/github/") ? workflow : pipeline;
    expect(schema.safeParse(parse(contentOf(path))).error).toBeUndefined();
  });

  it.each(all)("%s stores no secret with the host, and puts none into an argument", (path) => {
    expect(contentOf(path)).not.toMatch(/secrets[.[]|--password|-p "|AZURE_CREDENTIALS/);
  });

  it.each(filesIn("github"))("%s pins every action to a commit, and puts no expression into a shell", (path) => {
    const uses = [...contentOf(path).matchAll(/uses: (\S+)( # v[\d.]+)?/g)];
    expect(uses.length).toBeGreaterThan(0);
    for (const [, used, version] of uses)
      expect([used, version]).toEqual([expect.stringMatching(/@[0-9a-f]{40}$/), expect.anything()]);
    for (const step of stepsOnGitHub(path.slice(path.lastIndexOf("/") + 1, -".yml".length))) {
      if ("run" in step) expect(step.run).not.toContain("${{");
    }
  });
});

describe("with a federated identity", () => {
  it("GitHub logs in with IDs alone", () => {
    expect(logins("federated").map((given) => Object.keys(given))).toEqual([
      ["client-id", "tenant-id", "subscription-id"],
    ]);
  });

  it("Azure DevOps logs in by the service connection alone", () => {
    const steps = stepsOnAzureDevOps("federated");
    expect(steps.map((step) => "inputs" in step && step.inputs.azureSubscription)).toEqual(["forecast-trainer"]);
    expect(JSON.stringify(steps)).not.toContain("Secret");
  });
});

describe("with the JSON of create-for-rbac", () => {
  const secretName = credentialSecretName("$DAEMON", "sdk-auth");

  it("GitHub reads it as the vault's reader, masks it before it is passed on, and logs in with it", () => {
    const [reader, daemon] = logins("create-for-rbac");
    expect(Object.keys(reader ?? {})).toEqual(["client-id", "tenant-id", "allow-no-subscriptions"]);
    expect(daemon).toEqual({ creds: "${{ steps.credential.outputs.creds }}" });
    const read = stepsOnGitHub("create-for-rbac").find((step) => "id" in step && step.id === "credential");
    const lines = (read !== undefined && "run" in read ? read.run : "").trim().split("\n");
    expect(lines[0]).toContain(`--name "${secretName}"`);
    const masked = lines.findLastIndex((line) => line.includes("::add-mask::"));
    expect(masked).toBeLessThan(lines.findIndex((line) => line.includes("GITHUB_OUTPUT")));
    expect(lines.filter((line) => line.includes("::add-mask::"))).toHaveLength(2);
  });

  it("Azure DevOps reads it as the vault's reader, and hands the program the variables of the Azure SDKs", () => {
    const [read, work] = stepsOnAzureDevOps("create-for-rbac");
    const source = read !== undefined && "inputs" in read ? read.inputs.inlineScript : "";
    expect(source).toContain(`--name "${secretName}"`);
    const variables = [...source.matchAll(/variable=(\w+)(;issecret=true)?\]\$\(field (\w+)\)/g)].map(
      ([, variable, secret, field]) => ({ variable, secret: secret !== undefined, field }),
    );
    expect(variables).toEqual([
      { variable: "daemonTenantId", secret: false, field: "tenantId" },
      { variable: "daemonClientId", secret: false, field: "clientId" },
      { variable: "daemonClientSecret", secret: true, field: "clientSecret" },
    ]);
    for (const { field = "" } of variables) expect(sdkAuth).toHaveProperty(field);
    expect(work).toMatchObject({
      env: {
        AZURE_TENANT_ID: "$(daemonTenantId)",
        AZURE_CLIENT_ID: "$(daemonClientId)",
        AZURE_CLIENT_SECRET: "$(daemonClientSecret)",
      },
    });
  });

  it("has what azure/login asks of creds", () => {
    expect(sdkAuth).toMatchObject({ clientId: "c", clientSecret: "s", subscriptionId: "u", tenantId: "t" });
  });
});
