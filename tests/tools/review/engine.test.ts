import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { stringify } from "yaml";
import { subscription, tenant } from "../../../local/azure/landingZone/layout";
import { engineOfThisMachine } from "../../../local/engine/ensureEngine";
import { type Report, reportSchema } from "../../../tools/review/report/schema";
import { CommandLine, type Finished } from "../../local/cli/commandLine";
import { run } from "../../support/command";
import { stackSettings } from "../../support/stackSettings";

const DAY = 86_400_000;
const root = join(__dirname, "..", "..", "..");

/** The dev stack's settings of what the reviews change. */
interface Settings {
  vault: { allowedIpRanges: string[] };
  daemons: {
    name: string;
    secret: { rotation: { startsAt: string; overlapDays?: number } };
    graph: { permissions: string[] };
    lake: { fileSystem: string; role?: string };
  }[];
}

let directory: string;
let project: string;
let cli: CommandLine;

/** The dev stack, with a generation that has turned five days ago, so that its overlap runs. */
function settings(): Settings {
  const dev = stackSettings("dev") as unknown as Settings;
  const startsAt = new Date(Date.now() - 95 * DAY).toISOString().replace(/T.*/, "T00:00:00Z");
  const daemons = dev.daemons.map((daemon) => ({ ...daemon, secret: { rotation: { startsAt } } }));
  return { ...dev, daemons };
}

function configure(wanted: Settings): void {
  const ours = Object.entries(wanted).map(([key, value]): [string, unknown] => [`azure-daemon-access:${key}`, value]);
  const config = {
    "azure-native:subscriptionId": subscription.id,
    "azure-native:tenantId": tenant.id,
    "azuread:tenantId": tenant.id,
    ...Object.fromEntries(ours),
  };
  writeFileSync(
    join(project, "Pulumi.dev.yaml"),
    stringify({ config }, { defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "PLAIN" }),
  );
}

async function check(...args: string[]): Promise<Finished & { readonly report: Report; readonly markdown: string }> {
  const [markdown, json] = [join(directory, "review.md"), join(directory, "review.json")];
  const where = ["--stack", "dev", "--local", "--cwd", project, "--markdown-file", markdown, "--json-file", json];
  // As `daemon-access review --local` hands it over.
  const ended = await cli.run("tool", "--cwd", project, "--", "review", ...where, ...args);
  if (ended.code === 2) throw new Error(ended.stderr);
  const report = reportSchema.parse(JSON.parse(readFileSync(json, "utf8")));
  return { ...ended, report, markdown: readFileSync(markdown, "utf8") };
}

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "review-"));
  project = mkdtempSync(join(directory, "project-"));
  copyFileSync(join(root, "Pulumi.yaml"), join(project, "Pulumi.yaml"));
  configure(settings());
  cli = new CommandLine(join(directory, "state"));
  expect(await cli.run("up", "--no-policy", "--cwd", project)).toMatchObject({ code: 0 });
}, 180_000);

afterAll(async () => {
  await cli.stop();
  rmSync(directory, { recursive: true, force: true });
});

beforeEach(() => {
  configure(settings());
});

describe("review on local Azure", () => {
  it("tells that nothing is to be decided, where nothing changes", async () => {
    const { code, report } = await check("--fail-on", "access,risk,data");
    expect(report.preview).toMatchObject({ ok: true, errors: [] });
    expect([report.access.changes, report.risks, report.dataLoss, report.resources.changes]).toEqual([[], [], [], []]);
    expect(report.verdict).toMatchObject({ level: "advisory", exitCode: 0 });
    expect(code).toBe(0);
  }, 120_000);

  it("tells a permission, a wider role, a dropped overlap and an opened vault, and nothing else", async () => {
    const wanted = settings();
    const [loader, mailer] = wanted.daemons;
    loader?.graph.permissions.push("GroupMember.Read.All");
    if (loader) loader.secret.rotation.overlapDays = 1;
    if (mailer) mailer.lake.role = "Storage Blob Data Contributor";
    wanted.vault.allowedIpRanges.push("198.51.100.0/24");
    configure(wanted);

    const { code, report, markdown } = await check("--fail-on", "access");

    const access = [
      "application report-mailer-application (“Report mailer”) is widened from Storage Blob Data Reader to Storage Blob Data Contributor on file system stdaemons-reports",
      "application forecast-loader-application (“Forecast loader”) gains the Microsoft Graph permission GroupMember.Read.All",
      "vault kv-daemons opens to 198.51.100.0/24",
    ];
    expect(report.access.changes.map(({ text }) => text)).toEqual(access);
    expect(report.risks).toMatchObject([
      { kind: "overlap-dropped", subject: "forecast-loader-application", severity: "high" },
      { kind: "vault-opened", subject: "kv-daemons", access: "network/networks/kv-daemons" },
    ]);
    expect(report.dataLoss).toEqual([]);
    const dropped = report.risks[0]?.text ?? "";
    expect(dropped).toMatch(/forecast-loader-generation-0 is revoked \d+ days before its end/);
    expect(dropped).toMatch(/forecast-loader-generation-1 is replaced \d+ days before its end/);
    expect(report.policies).toMatchObject({ mandatory: [] });
    expect(report.policies.rules).toBeGreaterThan(100);
    for (const text of [...access, dropped]) expect(markdown).toContain(text);
    expect(code).toBe(3);
  }, 120_000);

  it("tells a new daemon's access by the program's names, before Azure has made it", async () => {
    const wanted = settings();
    const startsAt = wanted.daemons[0]?.secret.rotation.startsAt ?? "";
    wanted.daemons.push({
      name: "archiver",
      secret: { rotation: { startsAt } },
      graph: { permissions: ["User.Read.All"] },
      lake: { fileSystem: "reports" },
    });
    configure(wanted);

    const { report } = await check();

    expect(report.access.changes.map(({ direction, text }) => `${direction}: ${text}`)).toEqual([
      "gains: application archiver-application (“archiver”) gains Storage Blob Data Contributor on file system stdaemons-reports",
      "gains: application archiver-application (“archiver”) gains the Microsoft Graph permission User.Read.All",
      expect.stringMatching(
        /^gains: owner [0-9a-f-]{36} becomes an owner of application archiver-application/,
      ) as string,
      expect.stringMatching(
        /^gains: service principal [0-9a-f-]{36} gains Key Vault Secrets User on secret archiver-credential$/,
      ) as string,
    ]);
    expect(report.risks).toEqual([]);
  }, 120_000);

  it("ends with 1 for a mandatory violation, and shows a waived one", async () => {
    const configuration = join(directory, "policy.json");
    const waiver = { resource: "report-mailer-*", reason: "it moves to federation", expires: "2999-01-31" };
    const rules = { "client-secret-last-resort": { enforcementLevel: "mandatory", waivers: [waiver] } };
    writeFileSync(configuration, JSON.stringify(rules));

    const { code, report, markdown } = await check("--policy-config", configuration);

    expect(new Set(report.policies.mandatory.map(({ rule }) => rule))).toEqual(new Set(["client-secret-last-resort"]));
    expect(report.policies.waived[0]).toMatchObject({ until: "2999-01-31", reason: "it moves to federation" });
    expect(report.verdict.level).toBe("violation");
    expect(markdown).toContain("## ❌ A mandatory policy is violated");
    expect(code).toBe(1);
  }, 120_000);
});

describe("review without --local", () => {
  it("runs the CLI on PATH: a stack that is not there is a usage error, and a failure is reported", async () => {
    const engine = await engineOfThisMachine(process.env, () => undefined);
    const env = {
      PATH: [dirname(engine.command), process.env["PATH"] ?? ""].join(delimiter),
      PULUMI_HOME: join(directory, "home"),
      PULUMI_BACKEND_URL: `file://${directory}`,
      PULUMI_CONFIG_PASSPHRASE: "a-passphrase-of-a-test",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    };
    const bare = mkdtempSync(join(directory, "bare-"));
    writeFileSync(join(bare, "Pulumi.yaml"), "name: bare\nruntime: no-such-language\n");
    const json = join(bare, "review.json");
    const args = [
      "tools/start.mjs",
      "review",
      "--stack",
      "organization/bare/production",
      "--cwd",
      bare,
      "--json-file",
      json,
    ];

    const missing = await run(process.execPath, args, env);
    expect(missing.stderr).toContain("--stack: organization/bare/production can't be opened.");
    expect(missing.code).toBe(2);

    const made = await run(engine.command, ["stack", "init", "organization/bare/production", "--cwd", bare], env);
    expect(made.code).toBe(0);
    const failed = await run(process.execPath, args, env);
    expect(failed.stdout).toContain("## ❌ The preview failed");
    expect(failed.stdout).toContain("no-such-language");
    expect(reportSchema.parse(JSON.parse(readFileSync(json, "utf8"))).preview.ok).toBe(false);
    expect(failed.code).toBe(1);
  }, 120_000);
});
