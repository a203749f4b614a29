import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
