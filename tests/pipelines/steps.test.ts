import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { run, type Ended } from "../support/command";

const token = "token-of-the-job-4711";

interface Request {
  readonly method: string;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>> | undefined;
}

/** GitHub's or Azure DevOps's REST API, as far as a step needs it: answers by path, and what it was asked. */
class Api {
  readonly requests: Request[] = [];
  readonly answers = new Map<string, unknown>();
  private readonly server: Server = createServer((request, response) => {
    void (async () => {
      const sent = await text(request);
      const path = request.url ?? "";
      const body = sent === "" ? undefined : (JSON.parse(sent) as Request["body"]);
      this.requests.push({ method: request.method ?? "", path, body });
      const known = request.headers.authorization === `Bearer ${token}`;
      response.writeHead(known ? 200 : 401, { "content-type": "application/json" });
      response.end(
        JSON.stringify(
          known ? (this.answers.get(`${request.method ?? ""} ${path}`) ?? {}) : { message: "Bad credentials" },
        ),
      );
    })();
  });

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get writes(): Request[] {
    return this.requests.filter(({ method }) => method !== "GET");
  }

  close(): void {
    this.server.close();
  }
}

let api: Api;
let address: string;
let directory: string;

beforeEach(async () => {
  api = new Api();
  address = await api.open();
  directory = await mkdtemp(join(tmpdir(), "reports-"));
});
afterEach(async () => {
  api.close();
  await rm(directory, { recursive: true });
});

const step = (name: string, env: Record<string, string>, ...args: string[]): Promise<Ended> =>
  run("sh", [`pipelines/steps/${name}.sh`, ...args], { PULUMI_STACK: "dev", REPORT_DIRECTORY: directory, ...env });

describe("the comment on a pull request", () => {
  const marker = "<!-- azure-daemon-access preview of dev -->";
  const list = "GET /repos/contoso/daemons/issues/7/comments?per_page=100&page=1";
  const github = (): Record<string, string> => ({
    GITHUB_TOKEN: token,
    GITHUB_API_URL: address,
    GITHUB_REPOSITORY: "contoso/daemons",
    PULL_REQUEST: "7",
  });
  const devOps = (): Record<string, string> => ({
    TF_BUILD: "True",
    SYSTEM_ACCESSTOKEN: token,
    SYSTEM_COLLECTIONURI: `${address}/contoso/`,
    SYSTEM_TEAMPROJECT: "Data platform",
    BUILD_REPOSITORY_ID: "5c1e",
    SYSTEM_PULLREQUEST_PULLREQUESTID: "7",
  });
  const threads = "/contoso/Data%20platform/_apis/git/repositories/5c1e/pullRequests/7/threads";

  beforeEach(() => writeFile(join(directory, "preview.md"), "### Access\n\nforecast-loader gains Mail.Send\n"));

  it("is written where there is none", async () => {
    api.answers.set(list, [{ id: 1, body: "Looks good", user: { type: "User" } }]);
    expect(await step("comment", github())).toMatchObject({ code: 0, stderr: "" });
    expect(api.writes).toEqual([
      {
        method: "POST",
        path: "/repos/contoso/daemons/issues/7/comments",
        body: { body: `${marker}\n### Access\n\nforecast-loader gains Mail.Send\n` },
      },
    ]);
  });

  it("is written anew where there is one, be it on a later page", async () => {
    api.answers.set(
      list,
      Array.from({ length: 100 }, (_, id) => ({ id, body: "…", user: { type: "User" } })),
    );
    api.answers.set(list.replace("&page=1", "&page=2"), [{ id: 204, body: `${marker}\nold`, user: { type: "Bot" } }]);
    expect((await step("comment", github())).code).toBe(0);
    expect(api.writes.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "PATCH /repos/contoso/daemons/issues/comments/204",
    ]);
  });

  it("leaves alone what a person wrote with the same first line, and another stack's comment", async () => {
    api.answers.set(list, [
      { id: 1, body: `${marker}\nquoted`, user: { type: "User" } },
      { id: 2, body: marker.replace("dev", "prod"), user: { type: "Bot" } },
    ]);
    await step("comment", github());
    expect(api.writes.map(({ method }) => method)).toEqual(["POST"]);
  });

  it("is cut to what GitHub takes, and says so", async () => {
    await writeFile(join(directory, "preview.md"), "x".repeat(100_000));
    api.answers.set(list, []);
    await step("comment", github());
    const body = String(api.writes[0]?.body?.["body"]);
    expect(body.length).toBeLessThanOrEqual(65_000);
    expect(body).toContain("the whole summary is among the artifacts");
  });

  it("fails with GitHub's answer, and without the token", async () => {
    const { code, stdout, stderr } = await step("comment", { ...github(), GITHUB_TOKEN: "revoked-token-0815" });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'GET /repos/contoso/daemons/issues/7/comments answered 401: {"message":"Bad credentials"}\n',
    });
    expect(stdout + stderr).not.toContain("revoked-token-0815");
  });

  it("says which variable is missing, and what it has to be", async () => {
    const { PULL_REQUEST, ...rest } = github();
    expect(PULL_REQUEST).toBeDefined();
    expect(await step("comment", rest)).toMatchObject({
      code: 2,
      stderr: "PULL_REQUEST is not set. Set it to ${{ github.event.pull_request.number }}.\n",
    });
  });

  it("becomes a closed thread on Azure DevOps, which no branch policy waits for", async () => {
    api.answers.set(`GET ${threads}?api-version=7.1`, { value: [] });
    expect((await step("comment", devOps())).code).toBe(0);
    expect(api.writes).toMatchObject([
      {
        method: "POST",
        path: `${threads}?api-version=7.1`,
        body: { status: "closed", comments: [{ commentType: "text" }] },
      },
    ]);
  });

  it("is written anew in its thread on Azure DevOps", async () => {
    const comments = [{ id: 1, content: `${marker}\nold` }];
    api.answers.set(`GET ${threads}?api-version=7.1`, { value: [{ id: 31, isDeleted: false, comments }] });
    await step("comment", devOps());
    expect(api.writes).toMatchObject([{ method: "PATCH", path: `${threads}/31/comments/1?api-version=7.1` }]);
  });
});

describe("the alert of the night", () => {
  const open = "GET /repos/contoso/daemons/issues?state=open&creator=github-actions%5Bbot%5D&per_page=100&page=1";
  const github = (drift: boolean): Record<string, string> => ({
    GITHUB_TOKEN: token,
    GITHUB_API_URL: address,
    GITHUB_SERVER_URL: "https://github.example",
    GITHUB_REPOSITORY: "contoso/daemons",
    GITHUB_RUN_ID: "99",
    DRIFT: String(drift),
  });

  beforeEach(() => writeFile(join(directory, "drift.md"), "### Azure differs\n"));

  it("is silent where nothing is to tell", async () => {
    const { code } = await step("alert", github(false), "drift check=success", "rotation=success");
    expect({ code, requests: api.requests }).toEqual({ code: 0, requests: [] });
  });

  it("raises one issue with what drifted and the address of the run", async () => {
    api.answers.set(open, []);
    expect((await step("alert", github(true), "drift check=success", "rotation=success")).code).toBe(0);
    const [issue] = api.writes;
    expect(issue).toMatchObject({ method: "POST", body: { title: "Stack dev: drift" } });
    expect(issue?.body?.["body"]).toContain("### Azure differs");
    expect(issue?.body?.["body"]).toContain("https://github.example/contoso/daemons/actions/runs/99");
  });

  it("updates the issue that is open, with what failed", async () => {
    api.answers.set(open, [{ number: 12, body: "<!-- azure-daemon-access night of dev -->\nyesterday" }]);
    await step("alert", github(false), "drift check=success", "rotation=failure");
    expect(api.writes).toMatchObject([
      { method: "PATCH", path: "/repos/contoso/daemons/issues/12", body: { title: "Stack dev: rotation failure" } },
    ]);
  });

  it("fails the run on Azure DevOps", async () => {
    const env = { TF_BUILD: "True", DRIFT: "true" };
    expect(await step("alert", env, "drift check=Succeeded", "rotation=Failed")).toMatchObject({
      code: 1,
      stdout: "##vso[task.logissue type=error]Stack dev: drift, rotation Failed\n",
    });
    expect((await step("alert", { TF_BUILD: "True" }, "drift check=Succeeded")).code).toBe(0);
  });
});

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
