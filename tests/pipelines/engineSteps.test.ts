import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import * as azuread from "@pulumi/azuread";
import type { OutputMap, Stack } from "@pulumi/pulumi/automation";
import { automationStack } from "../support/automationStack";
import { Deployment } from "../local/providers/deployment";
import { run, signedInAs, type Ended } from "../support/command";
import { Administrator, vaultUrl } from "../support/delivery";
import { root } from "./pipelineFiles";

jest.setTimeout(240_000);

const graphScope = "https://graph.microsoft.com/.default";

describe("the steps on the real engine and local Azure", () => {
  let deployment: Deployment;
  let stack: Stack;
  let outputs: OutputMap;
  /** A project without a program: the engine is here, its Node.js language host is not. */
  let project: string;
  let env: Record<string, string>;

  const program = (): Promise<Record<string, unknown>> => {
    const application = new azuread.Application("loader", { displayName: "Forecast loader" });
    const password = new azuread.ApplicationPassword("loader", {
      applicationId: application.id,
      endDate: "2026-06-01T00:00:00Z",
    });
    const gone = new azuread.Application("mailer", { displayName: "Report mailer" });
    return Promise.resolve({ application: application.id, gone: gone.id, password: password.value });
  };
  const change = async (method: string, output: string, body?: unknown): Promise<void> => {
    const url = `https://graph.microsoft.com/v1.0${String(outputs[output]?.value)}`;
    const { status } = await deployment.local.call("administrator", graphScope, method, url, body);
    expect(status).toBe(204);
  };

  beforeAll(async () => {
    deployment = await Deployment.open();
    stack = await deployment.stack("pipeline", program);
    ({ outputs } = await stack.up({ color: "never" }));
    project = await mkdtemp(join(tmpdir(), "pipeline-"));
    await writeFile(join(project, "Pulumi.yaml"), "name: providers\nruntime: nodejs\n");
    const { command } = stack.workspace.pulumiCommand;
    if (!existsSync(join(dirname(command), "pulumi-language-nodejs"))) {
      process.stderr.write("up.sh runs on a stand-in command: the engine has no Node.js language host.\n");
    }
    env = {
      PATH: `${dirname(command)}:${process.env["PATH"] ?? ""}`,
      HOME: process.env["HOME"] ?? "",
      PULUMI_BACKEND_URL: `file://${join(deployment.local.stateDirectory, "stack-pipeline")}`,
      PULUMI_CONFIG_PASSPHRASE: "test",
      PULUMI_DEBUG_PROVIDERS: deployment.providers.debugProviders,
      PULUMI_SKIP_UPDATE_CHECK: "true",
      NO_PROXY: "127.0.0.1,localhost",
      PULUMI_STACK: "pipeline",
      REPORT_DIRECTORY: join(project, "reports"),
    };
  });

  afterAll(async () => {
    await deployment.close();
    await rm(project, { recursive: true, force: true });
  });

  const step = async (name: string, more: Record<string, string> = {}): Promise<Ended> => {
    const file = join(root, "pipelines", "steps", `${name}.sh`);
    const child = spawn("sh", [file], { cwd: project, env: { ...env, ...more }, stdio: ["ignore", "pipe", "pipe"] });
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { code: await ended, stdout, stderr };
  };
  const report = (name: string): Promise<string> => readFile(join(project, "reports", name), "utf8");

  it("find no drift in what was just deployed", async () => {
    const output = join(project, "output");
    const { code, stdout } = await step("drift", { GITHUB_OUTPUT: output });
    expect({ code, told: stdout.endsWith("drift=false\n") }).toEqual({ code: 0, told: true });
    expect(await readFile(output, "utf8")).toBe("drift=false\n");
    expect(await report("drift.md")).toBe("### Stack `pipeline`: Azure is as it was deployed\n");
  });

  it("tell what was changed and deleted by hand, name properties and show no value", async () => {
    await change("PATCH", "application", { displayName: "Changed by hand" });
    await change("DELETE", "gone");
    const { code, stdout, stderr } = await step("drift", { TF_BUILD: "True" });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("##vso[task.setvariable variable=drift;isOutput=true]true\n");
    expect(JSON.parse(await report("drift.json"))).toEqual({
      version: 1,
      stack: "pipeline",
      drift: true,
      changes: [
        {
          type: "azuread:index/application:Application",
          name: "loader",
          change: "changed",
          properties: ["displayName"],
        },
        { type: "azuread:index/application:Application", name: "mailer", change: "is gone", properties: [] },
      ],
    });
    const told = stdout + (await report("drift.md")) + (await report("drift.json"));
    expect(told).not.toContain("Changed by hand");
    expect(told).not.toContain(String(outputs["password"]?.value));
  });

  it("leave the state as it was, so that the next night tells the same", async () => {
    const before = await stack.exportStack();
    expect((await step("drift")).stdout).toContain("drift=true");
    expect((await stack.exportStack()).deployment).toEqual(before.deployment);
  });

  it("fail, and report no drift, where the comparison itself failed", async () => {
    const { code, stdout } = await step("drift", { PULUMI_STACK: "unknown" });
    expect(code).not.toBe(0);
    expect(stdout).not.toContain("drift=");
  });

  it("verify the credentials of a stack by its outputs, and show every call", async () => {
    const administrator = new Administrator(deployment.local);
    await administrator.layOut();
    await administrator.deliver({ daemon: "loader", consent: "grant" });
    // verify runs where the project is, so the stack belongs to it; only its outputs are read.
    const named = await automationStack({
      project: "azure-daemon-access",
      stack: "pipeline",
      program: () => Promise.resolve({ vaultUri: vaultUrl, daemons: ["loader"] }),
      backend: join(deployment.local.stateDirectory, "stack-pipeline"),
    });
    await named.up({ color: "never" });
    const { code, stdout } = await run("sh", ["pipelines/steps/verify.sh"], {
      ...signedInAs(deployment.local, "consumer"),
      ...env,
      VERIFY_WAIT_SECONDS: "0",
    });
    expect(stdout).toContain("### verify of `pipeline`: every credential works");
    expect(stdout).toContain("| loader | graph.users | passed |");
    expect(JSON.parse(await report("verify.json"))).toMatchObject({ ok: true });
    expect(code).toBe(0);
    const tidied = await run("npx", ["daemon-access", "credentials", "disable-expired", "--stack", "pipeline"], {
      ...signedInAs(deployment.local, "deployer"),
      ...env,
    });
    expect(tidied).toEqual({ code: 0, stdout: `Nothing to disable in ${vaultUrl}.\n`, stderr: "" });
  });

  it("destroy what the confirmation names", async () => {
    const { code, stdout, stderr } = await step("destroy", { CONFIRM: "pipeline" });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("deleted");
    const { resources = [] } = (await stack.exportStack()).deployment as { readonly resources?: readonly unknown[] };
    expect(resources).toEqual([]);
  });
});

describe("the preview of a pull request, on local Azure", () => {
  it("leaves the summary of who gains what access for the comment, and the same for machines", async () => {
    const directory = await mkdtemp(join(tmpdir(), "preview-"));
    const { code } = await run("sh", ["pipelines/steps/preview.sh", "--local"], {
      PULUMI_STACK: "dev",
      LOCAL_AZURE_DIRECTORY: join(directory, "azure"),
      REPORT_DIRECTORY: join(directory, "reports"),
    });
    const [markdown, json] = await Promise.all(
      ["preview.md", "preview.json"].map((name) => readFile(join(directory, "reports", name), "utf8")),
    );
    await rm(directory, { recursive: true, force: true });
    expect(code).toBe(0);
    expect(markdown).toMatch(/forecast-loader.* gains the Microsoft Graph permission User\.Read\.All/);
    expect(JSON.parse(json ?? "")).toMatchObject({ stack: "dev" });
  });
});
