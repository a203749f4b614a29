import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { RequestRecord } from "../../local/azure/network/requestLog";
import { CommandLine, type Finished } from "../local/cli/commandLine";
import { documentOf, succeeded } from "./support/document";

jest.setTimeout(240_000);

const cli = new CommandLine();
let first: Finished;
let again: Finished;
let requestsOfFirst = 0;

const requests = (): RequestRecord[] =>
  readFileSync(join(cli.directory, "requests.log"), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as RequestRecord);

/** The lines of the table under a heading's first column. */
const rows = (text: string): string[][] =>
  text
    .split("\n")
    .filter((line) => line.startsWith("│"))
    .map((line) =>
      line
        .split("│")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

beforeAll(async () => {
  first = await cli.run();
  requestsOfFirst = requests().length;
  again = await cli.run("--json");
});

afterAll(() => cli.remove());

describe("the first `npm run local`", () => {
  it("ends with exit code 0, and shows its steps in order", () => {
    succeeded(first);
    const steps = first.stdout.split("\n").filter((line) => /^[A-Z]/.test(line));
    expect(steps).toEqual([
      expect.stringMatching(/^Pulumi engine 3\.\d+\.\d+$/),
      "Local Azure",
      "Deploying stack dev",
      expect.stringMatching(/^Rotation, as of \d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z:$/),
      "Outputs",
      "Verifying the delivered credentials",
      expect.stringMatching(/^Credentials in https:\/\/kv-daemons[0-9a-f]{8}\.vault\.azure\.net$/),
      "Next steps",
    ]);
    expect(first.stderr).toBe("");
  });

  it("shows each resource as it is created, and counts them by type", () => {
    const created = [...first.stdout.matchAll(/^ {2}\+ created (\S+) (\S+) \(\d+\.\d s\)$/gm)].map(([, type]) => type);
    expect(created).toHaveLength(22);
    const counts = rows(first.stdout).filter(([type, count]) => /^azure/.test(type ?? "") && /^\d+$/.test(count ?? ""));
    expect(counts).toEqual(
      [...new Set(created)].sort().map((type) => [type, String(created.filter((each) => each === type).length)]),
    );
    expect(first.stdout).toMatch(/^up took \d+\.\d s$/m);
  });

  it("shows the outputs, each on its row", () => {
    const outputs = documentOf(again).outputs ?? {};
    // Whatever lines the tables are drawn with.
    const lines = first.stdout.split("\n").map((line) => line.replaceAll(/[│\s]+/g, " ").trim());
    expect(Object.keys(outputs)).toContain("forecast-loader.secretUri");
    for (const [name, value] of Object.entries(outputs)) {
      const shown = typeof value === "string" ? value : JSON.stringify(value);
      expect(lines).toContain(`${name} ${shown}`);
    }
  });

  it("shows what the daemons' own calls came to, and where to consent", () => {
    const results = rows(first.stdout)
      .filter(([, , result]) => ["passed", "waiting", "failed", "skipped"].includes(result ?? ""))
      .map(([daemon, call, result]) => [daemon, call, result]);
    expect(results).toEqual([
      ["forecast-loader", "read the credential", "passed"],
      ["forecast-loader", "sign in to Entra ID", "passed"],
      ["forecast-loader", "list users on Microsoft Graph", "passed"],
      ["forecast-loader", "write a file to the lake", "passed"],
      ["forecast-loader", "read it back", "passed"],
      ["forecast-loader", "delete it", "passed"],
      ["forecast-loader", "read the Machine Learning workspace", "passed"],
      ["report-mailer", "read the credential", "passed"],
      ["report-mailer", "sign in to Entra ID", "passed"],
      ["report-mailer", "list users on Microsoft Graph", "waiting"],
      ["report-mailer", "list the lake's files", "passed"],
    ]);
    expect(first.stdout).toMatch(
      /remedy {2}An administrator has yet to consent to User\.Read\.All: `?npm run local -- consent --daemon report-mailer`?\n/,
    );
    expect(first.stdout).toMatch(/\n10 passed, 1 waiting\.\n+Next steps\n(?: {2}.+\n){3,}$/);
  });
});

it("leaves no file beside Pulumi's own that a kill could tear", () => {
  const files = readdirSync(join(cli.directory, "pulumi", "state"), { recursive: true, encoding: "utf8" });
  expect(files).toContain(join(".pulumi", "stacks", "azure-daemon-access", "dev.json"));
  expect(files.filter((file) => file.endsWith(".attrs"))).toEqual([]);
});

describe("`npm run local` again", () => {
  it("ends with exit code 0 and no changes", () => {
    succeeded(again);
    expect(documentOf(again)).toMatchObject({
      stack: "dev",
      operation: "up",
      ok: true,
      changes: { unchanged: 22 },
      errors: [],
      verify: { ok: true, counts: { passed: 10, waiting: 1, failed: 0, skipped: 0 } },
    });
    expect(again.stderr).toMatch(/^up took \d+\.\d s: no changes$/m);
  });

  it("changes nothing in Azure: what is written comes from the daemons' own calls", () => {
    const written = requests()
      .slice(requestsOfFirst)
      .filter(({ method, service }) => !["GET", "HEAD"].includes(method) && service !== "entra")
      .map(({ service, method }) => `${service} ${method}`);
    expect(new Set(written)).toEqual(new Set(["dataLake PUT", "dataLake PATCH", "dataLake DELETE"]));
  });

  it("takes no step of the installation again", () => {
    expect(again.stderr).toMatch(/^Pulumi engine /);
  });

  it("prints one JSON document, and everything else on standard error", () => {
    expect(again.stdout).toBe(`${JSON.stringify(JSON.parse(again.stdout), null, 2)}\n`);
    expect(again.stderr).toContain("Deploying stack dev\n");
  });
});
