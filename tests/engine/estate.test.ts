import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { identities } from "../../local/azure/landingZone/layout";
import { reportSchema } from "../../tools/review/report/schema";
import { CommandLine, type Finished } from "../local/cli/commandLine";
import { writeProjectFile } from "../support/projectFile";

jest.setTimeout(600_000);

const root = join(__dirname, "..", "..");
const AUDITORS = { objectId: "5f0e6a52-8c6e-4c35-9d0a-3f0c1f7f5b11", principalType: "Group" };
const READER = { objectId: identities.consumer.objectId, principalType: "ServicePrincipal" };

let cli: CommandLine;
let project: string;

/** daemon-access estate on the local Azure of this test. */
const estate = (...args: string[]): Promise<Finished> => cli.run("tool", "--", "estate", ...args, "--cwd", project);

const fileOf = (stack: string): string => join(project, `Pulumi.${stack}.yaml`);
const read = (stack: string): string => readFileSync(fileOf(stack), "utf8");

function write(stack: string, settings: Readonly<Record<string, unknown>>): void {
  const config = Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [`azure-daemon-access:${key}`, value]),
  );
  writeFileSync(fileOf(stack), stringify({ config }, { defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "PLAIN" }));
}

const team = (name: string, secret: unknown, rest: Readonly<Record<string, unknown>> = {}) => ({
  platformStack: { stack: "organization/azure-daemon-access/platform" },
  daemons: [{ name, secret, ...rest }],
});
const platform = (...readers: unknown[]) => ({
  location: "westeurope",
  resourceGroupName: "rg-daemons",
  platform: { vaults: ["daemons"], fileSystems: ["reports"] },
  vault: { allowedIpRanges: ["203.0.113.0/24"] },
  lake: { allowedIpRanges: ["203.0.113.0/24"] },
  readers,
});
const lake = (role: string) => ({ lake: { fileSystem: "reports", role } });
const rotating = { rotation: { startsAt: "2026-01-01T00:00:00Z" } };

/** A program that renames an application as the deployer. */
const renaming = `
const { AZURE_TENANT_ID: tenant, AZURE_CLIENT_ID: client_id, AZURE_CLIENT_SECRET: client_secret } = process.env;
const graph = "https://graph.microsoft.com";
const form = { grant_type: "client_credentials", client_id, client_secret, scope: graph + "/.default" };
(async () => {
  const body = new URLSearchParams(form);
  const signIn = await fetch("https://login.microsoftonline.com/" + tenant + "/oauth2/v2.0/token", { method: "POST", body });
  const headers = { authorization: "Bearer " + (await signIn.json()).access_token, "content-type": "application/json" };
  const { value } = await (await fetch(graph + "/v1.0/applications", { headers })).json();
  const { id } = value.find(({ displayName }) => displayName === "report-mailer");
  const change = JSON.stringify({ displayName: "renamed" });
  const { status } = await fetch(graph + "/v1.0/applications/" + id, { method: "PATCH", headers, body: change });
  process.exitCode = status === 204 ? 0 : 1;
})();
`;

beforeAll(() => {
  cli = new CommandLine();
  project = mkdtempSync(join(tmpdir(), "estate-"));
  writeProjectFile(project);
  for (const directory of ["infra", "components", "node_modules"]) {
    symlinkSync(join(root, directory), join(project, directory));
  }
  write("platform", platform(READER, AUDITORS));
  write("forecasting", team("forecast-loader", rotating));
  write("reporting", team("report-mailer", rotating, lake("Storage Blob Data Reader")));
});

afterAll(async () => {
  await cli.remove();
  rmSync(project, { recursive: true, force: true });
});

interface Summary {
  readonly stacks: readonly { readonly stack: string; readonly result: string; readonly cause: string | null }[];
}

const resultsIn = ({ stdout }: Finished): Record<string, string> =>
  Object.fromEntries((JSON.parse(stdout) as Summary).stacks.map(({ stack, result }) => [stack, result]));

describe("an estate of a platform and two teams", () => {
  it("deploys the platform, then both teams", async () => {
    const { code, stdout, stderr } = await estate("up", "--create", "--parallel", "2");
    expect({ code, stderr, stdout }).toMatchObject({ code: 0 });
    expect(stdout).toMatch(/│ platform +│ platform +│ done /);
    expect(stdout).toMatch(/│ forecasting +│ team +│ done /);
    expect(stdout).toMatch(/\n3 done\.\n$/);
    const order = stderr.split("\n").filter((line) => /^\w+: /.test(line));
    expect(order[0]).toBe("platform: started");
    expect(order[1]).toMatch(/^platform: done after \d+\.\d s: /);
  });

  it("verifies every team's credentials, as their reader", async () => {
    const verified = await estate("verify", "--json");
    expect({ code: verified.code, results: resultsIn(verified) }).toEqual({
      code: 0,
      results: { forecasting: "done", reporting: "done" },
    });
  });

  it("is one map in the access report, in which a team's secret lies in the platform's vault", async () => {
    const { code, stdout } = await cli.run("tool", "--", "report", "--estate", "--json", "--cwd", project);
    expect(code).toBe(0);
    const { stacks, parties } = JSON.parse(stdout) as {
      readonly stacks: readonly { readonly id: string }[];
      readonly parties: readonly {
        readonly id: string;
        readonly name: string;
        readonly stack?: string;
        readonly within?: string;
      }[];
    };
    const at = (stack: string): string => `azure-daemon-access/${stack}`;
    expect(stacks.map(({ id }) => id).sort()).toEqual([at("forecasting"), at("platform"), at("reporting")]);
    const secret = parties.find(({ name }) => name === "forecast-loader-credential");
    const vault = parties.find(({ id }) => id === secret?.within);
    expect([secret?.stack, vault?.stack]).toEqual([at("forecasting"), at("platform")]);
  });

  it("is reviewed in one document, which tells a permission, a wider role and a reader that goes, and nothing else", async () => {
    const before = ["platform", "forecasting", "reporting"].map((stack) => [stack, read(stack)] as const);
    write("platform", platform(READER));
    write("forecasting", team("forecast-loader", rotating, { graph: { permissions: ["User.Read.All"] } }));
    write("reporting", team("report-mailer", rotating, lake("Storage Blob Data Contributor")));
    const markdownFile = join(project, "review.md");
    const { code, stdout } = await estate("review", "--json", "--markdown-file", markdownFile, "--fail-on", "access");
    for (const [stack, text] of before) writeFileSync(fileOf(stack), text);
    const { access, stacks } = reportSchema.parse(JSON.parse(stdout));
    const markdown = readFileSync(markdownFile, "utf8");
    const texts = access.changes.map(({ text }) => text);
    const lines = markdown.split("\n").filter((line) => /^- [➕➖🔁]/u.test(line));
    const told = [
      [
        "application report-mailer-application (“report-mailer”) is widened from Storage Blob Data Reader to Storage Blob Data Contributor on file system stdaemons-reports",
        "reporting",
      ],
      [
        "application forecast-loader-application (“forecast-loader”) gains the Microsoft Graph permission User.Read.All",
        "forecasting",
      ],
      [`group ${AUDITORS.objectId} loses Key Vault Secrets User on secret forecast-loader-credential`, "forecasting"],
      [`group ${AUDITORS.objectId} loses Key Vault Secrets User on secret report-mailer-credential`, "reporting"],
    ] as const;
    expect({ code, texts: texts.sort() }).toEqual({ code: 3, texts: told.map(([text]) => text).sort() });
    expect(lines).toHaveLength(told.length);
    for (const [text, stack] of told) expect(markdown).toContain(`${text} (stack \`${stack}\`)`);
    expect(stacks).toEqual(["platform", "forecasting", "reporting"].map((stack) => ({ stack, ok: true })));
  });

  it("has no drift, until somebody renames an application by hand", async () => {
    const before = await estate("drift", "--json");
    expect(resultsIn(before)).toEqual({ platform: "done", forecasting: "done", reporting: "done" });
    expect(await cli.run("run", "--", process.execPath, "-e", renaming)).toMatchObject({ code: 0 });
    const { code, stdout } = await estate("drift");
    expect(code).toBe(1);
    expect(stdout).toMatch(/^reporting failed:\n/);
    expect(stdout).toMatch(/│ reporting +│ team +│ failed +│ +\d+\.\d +│ ~ 1 to update, /);
    expect(stdout).toMatch(/\n2 done, 1 failed\.\n$/);
  });

  it("is destroyed with the platform last, once that is confirmed", async () => {
    expect(await estate("destroy")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("destroy deletes all resources of platform, forecasting, reporting.") as string,
    });
    const { code, stderr } = await estate("destroy", "--yes");
    expect(code).toBe(0);
    expect(stderr.trimEnd().split("\n").at(-1)).toMatch(/^platform: done /);
  });
});
