import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { run, type Ended } from "../support/command";

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "reports-"));
});
afterEach(() => rm(directory, { recursive: true }));

const step = (name: string, env: Record<string, string>, ...args: string[]): Promise<Ended> =>
  run("sh", [`pipelines/steps/${name}.sh`, ...args], { PULUMI_STACK: "dev", REPORT_DIRECTORY: directory, ...env });

describe("a step with a service connection's identity", () => {
  const spn = {
    idToken: "id-token-1",
    servicePrincipalId: "client-1",
    tenantId: "tenant-1",
    ARM_SUBSCRIPTION_ID: "sub-1",
  };

  it("has the variables that both providers read, and the ID token under one name only", async () => {
    const { stdout } = await step("as-service-connection", spn, "env");
    const seen = stdout.split("\n");
    expect(seen).toEqual(
      expect.arrayContaining([
        "ARM_USE_OIDC=true",
        "ARM_OIDC_TOKEN=id-token-1",
        "ARM_CLIENT_ID=client-1",
        "ARM_TENANT_ID=tenant-1",
        "ARM_SUBSCRIPTION_ID=sub-1",
      ]),
    );
    expect(seen.filter((line) => line.includes("id-token-1"))).toHaveLength(1);
  });

  it("does not run where the connection has a secret instead of a federation", async () => {
    const { code, stderr } = await step("as-service-connection", { ...spn, idToken: "" }, "env");
    expect(code).not.toBe(0);
    expect(stderr).toContain("workload identity federation");
  });
});

describe("a destroy", () => {
  it.each(["", "prod", "DEV"])("refuses the confirmation %j", async (CONFIRM) => {
    expect(await step("destroy", { CONFIRM })).toMatchObject({
      code: 2,
      stderr: `CONFIRM is "${CONFIRM}", and the stack is "dev". Write the name of the stack to confirm.\n`,
    });
  });
});

describe("the steps that run the stack's program", () => {
  /** A command that writes down its arguments, then does as the script says. */
  const commandThat = async (name: string, script: string): Promise<Record<string, string>> => {
    const path = join(directory, name);
    await writeFile(path, `#!/bin/sh\nprintf '%s\\n' "$@" > "${directory}/arguments-of-${name}"\n${script}\n`, {
      mode: 0o755,
    });
    return { PATH: `${directory}:${process.env["PATH"] ?? ""}` };
  };
  const given = async (name: string): Promise<string> =>
    (await readFile(join(directory, `arguments-of-${name}`), "utf8")).replaceAll("\n", " ").trim();

  it("deploy with the policy pack and without a question", async () => {
    await commandThat("npx", "exit 0");
    expect((await step("up", await commandThat("pulumi", "exit 0"))).code).toBe(0);
    expect(await given("pulumi")).toBe(
      "up --stack dev --yes --non-interactive --color never --suppress-progress --policy-pack policy",
    );
  });

  it.each([
    ["up", {}],
    ["destroy", { CONFIRM: "dev" }],
    ["drift", {}],
  ])("%s with 32 operations at once, or as many as it is told", async (name, variables) => {
    const written = join(directory, "parallel");
    const env = {
      ...(await commandThat("pulumi", `echo "$PULUMI_PARALLEL" > "${written}"\necho '{"steps":[]}'`)),
      ...variables,
    };
    await commandThat("npx", "exit 0");
    const atOnce = async (told: Readonly<Record<string, string>>): Promise<string> => {
      expect(await step(name, { ...env, ...told })).toMatchObject({ code: 0 });
      return (await readFile(written, "utf8")).trim();
    };
    expect(await atOnce({})).toBe("32");
    expect(await atOnce({ PULUMI_PARALLEL: "4" })).toBe("4");
  });

  it("deploy with the committed configuration of the policies, the stack's own first, and check it before", async () => {
    await commandThat("npx", "exit 0");
    const env = await commandThat("pulumi", "exit 0");
    const up = (): Promise<Ended> =>
      run("sh", ["-c", `cd "${directory}" && exec sh "${resolve("pipelines/steps/up.sh")}"`], {
        ...env,
        PULUMI_STACK: "dev",
        KEEP_EXPIRED_VERSIONS: "true",
      });
    const config = async (): Promise<string | undefined> => {
      expect((await up()).code).toBe(0);
      expect(await given("npx")).toBe("daemon-access policies --stack dev");
      return /--policy-pack policy --policy-pack-config (\S+)$/.exec(await given("pulumi"))?.[1];
    };
    await writeFile(join(directory, "policy-config.json"), "{}");
    expect(await config()).toBe("policy-config.json");
    await writeFile(join(directory, "policy-config.dev.json"), "{}");
    expect(await config()).toBe("policy-config.dev.json");
    await commandThat("npx", "exit 2");
    await rm(join(directory, "arguments-of-pulumi"));
    expect((await up()).code).toBe(2);
    await expect(given("pulumi")).rejects.toThrow("ENOENT");
  });

  it("fail as the deployment does, and leave the vault alone then", async () => {
    await commandThat("npx", "exit 0");
    expect((await step("up", await commandThat("pulumi", "exit 255"))).code).toBe(255);
    await expect(given("npx")).rejects.toThrow("ENOENT");
  });

  it("says what to do where the deployer may not grant, and both ways on", async () => {
    const failing = await commandThat(
      "pulumi",
      "echo 'error: Could not create app role assignment: unexpected status 403 with error: Authorization_RequestDenied: Insufficient privileges'; exit 255",
    );
    const { code, stdout, stderr } = await step("up", failing);
    expect(code).toBe(255);
    expect(stdout).toContain("Could not create app role assignment");
    expect(stderr).toContain("remedy: The deployer may not grant Microsoft Graph permissions.");
    expect(stderr).toContain("an administrator grants it AppRoleAssignment.ReadWrite.All");
    expect(stderr).toContain("or set consent to request for the daemon");
  });

  it("leads to the import where something was made by hand before, and adds nothing to other errors", async () => {
    const told = async (words: string): Promise<string> =>
      (await step("up", await commandThat("pulumi", `echo 'error: ${words}'; exit 1`))).stderr;
    expect(await told("Permission being assigned already exists on the object")).toContain("import the grant");
    expect(await told('Code="RoleAssignmentExists"')).toContain("import the assignment");
    expect(await told("cannot create already existing resource")).toContain("import it");
    expect(await told("something else")).toBe("");
  });

  it("disable what has ended in the vault after a deployment", async () => {
    await commandThat("npx", "exit 0");
    await step("up", await commandThat("pulumi", "exit 0"));
    expect(await given("npx")).toBe("daemon-access credentials disable-expired --stack dev");
  });

  it("fail where what has ended can't be disabled, and say that the stack is deployed and what leaves it out", async () => {
    await commandThat("npx", "exit 1");
    const env = await commandThat("pulumi", "exit 0");
    const { code, stderr } = await step("up", env);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^The stack is deployed\. .*KEEP_EXPIRED_VERSIONS=true/);
    expect((await step("up", { ...env, KEEP_EXPIRED_VERSIONS: "true" })).code).toBe(0);
  });

  it("preview with both reports, show the summary, and fail as the check does", async () => {
    const env = await commandThat("npx", `echo '### Access' > "${directory}/preview.md"; exit 1`);
    const { code, stdout } = await step("preview", env);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "### Access\n" });
    expect(await given("npx")).toBe(
      `daemon-access review --stack dev --markdown-file ${directory}/preview.md --json-file ${directory}/preview.json`,
    );
  });

  it("have something to comment where the preview broke before its summary", async () => {
    expect((await step("preview", await commandThat("npx", "exit 3"))).code).toBe(3);
    expect(await readFile(join(directory, "preview.md"), "utf8")).toContain("It ended with code 3");
  });

  it("look at the rights of the job's identity, and fail as doctor does", async () => {
    const env = { ...(await commandThat("npx", "exit 1")), PULUMI_STACK: "dev" };
    expect((await run("sh", ["pipelines/steps/doctor.sh", "--for", "up"], env)).code).toBe(1);
    expect(await given("npx")).toBe("daemon-access doctor --stack dev --for up");
  });

  it("do not pass a preview that made no summary", async () => {
    expect((await step("preview", await commandThat("npx", "exit 0"))).code).toBe(1);
  });
});

describe("a summary", () => {
  it("goes to the run's page on either system", async () => {
    const file = join(directory, "drift.md");
    const page = join(directory, "page.md");
    await writeFile(file, "### Azure is as it was deployed\n");
    await step("show-summary", { GITHUB_STEP_SUMMARY: page }, file);
    expect(await readFile(page, "utf8")).toBe("### Azure is as it was deployed\n");
    expect((await step("show-summary", { TF_BUILD: "True" }, file)).stdout).toBe(`##vso[task.uploadsummary]${file}\n`);
  });
});
