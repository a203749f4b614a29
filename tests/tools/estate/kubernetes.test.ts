import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { z } from "zod";
import { runTool } from "../cli/runTool";

/** What of the operator's Stack, version v1 of pulumi.com, these resources use: names and kinds as its CRD has them. */
const stackResource = z.strictObject({
  apiVersion: z.literal("pulumi.com/v1"),
  kind: z.literal("Stack"),
  metadata: z.strictObject({ name: z.string().regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/) }),
  spec: z.strictObject({
    stack: z.string(),
    projectRepo: z.string(),
    branch: z.string(),
    repoDir: z.string().optional(),
    backend: z.string().optional(),
    serviceAccountName: z.string(),
    envRefs: z.record(
      z.string(),
      z.union([
        z.strictObject({ type: z.literal("Literal"), literal: z.strictObject({ value: z.string() }) }),
        z.strictObject({ type: z.literal("Secret"), secret: z.strictObject({ name: z.string(), key: z.string() }) }),
      ]),
    ),
    prerequisites: z.array(z.strictObject({ name: z.string() })).optional(),
    continueResyncOnCommitMatch: z.boolean(),
    resyncFrequencySeconds: z.number().int().min(60),
    destroyOnFinalize: z.boolean(),
    workspaceTemplate: z.strictObject({
      spec: z.strictObject({
        podTemplate: z.strictObject({ metadata: z.strictObject({ labels: z.record(z.string(), z.string()) }) }),
      }),
    }),
  }),
});

let project: string;
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "estate-kubernetes-"));
  writeFileSync(join(project, "Pulumi.yaml"), "name: daemons\nruntime: nodejs\n");
  writeFileSync(join(project, "Pulumi.platform.yaml"), "config:\n  daemons:platform: { vaults: [a] }\n");
  writeFileSync(
    join(project, "Pulumi.team_One.yaml"),
    "config:\n  daemons:platformStack: { stack: o/daemons/platform }\n",
  );
});

afterEach(() => {
  rmSync(project, { recursive: true });
});

const run = (...args: string[]) =>
  runTool(["estate", "kubernetes", "--cwd", project, "--repository", "https://git.example/daemons", ...args]);

it("is a resource for each stack, of the operator's shape: teams wait for their platform and have an account of their own", async () => {
  const { code, stdout } = await run("--organization", "contoso", "--directory", "deploy");
  const [platform, team] = parseAllDocuments(stdout).map((each) => stackResource.parse(each.toJS()));
  expect(code).toBe(0);
  expect(platform?.spec).not.toHaveProperty("prerequisites");
  expect([platform?.spec.stack, platform?.spec.repoDir]).toEqual(["contoso/platform", "deploy"]);
  expect(team).toMatchObject({
    metadata: { name: "team-one" },
    spec: {
      stack: "contoso/team_One",
      branch: "main",
      serviceAccountName: "team-one-deployer",
      prerequisites: [{ name: "platform" }],
      envRefs: { ARM_CLIENT_ID: { secret: { name: "team-one-deployer", key: "clientId" } } },
      continueResyncOnCommitMatch: true,
      resyncFrequencySeconds: 86_400,
      destroyOnFinalize: false,
    },
  });
});

it("is one JSON document too, with the stacks that are named, and their self-managed backend", async () => {
  const { stdout } = await run("--json", "--stack", "team_One", "--backend", "azblob://state");
  const { resources } = JSON.parse(stdout) as { readonly resources: readonly unknown[] };
  expect(resources.map((each) => stackResource.parse(each).spec)).toMatchObject([
    { stack: "team_One", backend: "azblob://state" },
  ]);
});

it("is refused where two stacks would have one name, and without a repository", async () => {
  writeFileSync(join(project, "Pulumi.team-one.yaml"), "config: {}\n");
  const { code, stderr } = await run();
  expect(code).toBe(2);
  expect(stderr).toMatch(/^(team_One and team-one|team-one and team_One) would both be team-one in Kubernetes\./);
  expect((await runTool(["estate", "kubernetes", "--cwd", project])).code).toBe(2);
});
