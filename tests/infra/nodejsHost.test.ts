import { copyFileSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { parse, stringify } from "yaml";
import { resourceGroupId } from "../../local/azure/landingZone/layout";
import { engineOfThisMachine } from "../../local/engine/ensureEngine";
import { startProviders, type RunningProviders } from "../../local/providers/startProviders";
import { projectRoot } from "../../local/stateDirectory";
import { errorsIn } from "../../tools/review/preview/diagnostics";
import { run, type Ended } from "../support/command";
import { LocalAzureForTests } from "../support/localAzure";
import { asLandingZoneDeployer } from "../../local/providers/asLandingZoneDeployer";

jest.setTimeout(120_000);

const stack = "organization/azure-daemon-access/dev";
/** Nothing in the settings says that it is not there: the look-up does. */
const missing = `${resourceGroupId("rg-daemons")}/providers/Microsoft.KeyVault/vaults/kv-none`;

let azure: LocalAzureForTests;
let providers: RunningProviders;
let directory: string;
let pulumi: string;
let environment: Record<string, string>;

/** The dev stack's settings with others in place of some. */
function configure(settings: Readonly<Record<string, unknown>>): void {
  const { config } = parse(readFileSync(join(projectRoot, "Pulumi.dev.yaml"), "utf8")) as { config: object };
  const ours = Object.entries(settings).map(([key, value]): [string, unknown] => [`azure-daemon-access:${key}`, value]);
  const file = join(directory, "Pulumi.dev.yaml");
  const salt = /^encryptionsalt:.*$/m.exec(readFileSync(file, "utf8"))?.[0] ?? "";
  const text = stringify({ config: { ...config, ...Object.fromEntries(ours) } }, { defaultStringType: "QUOTE_DOUBLE" });
  writeFileSync(file, `${salt}\n${text}`);
}

const engine = (...args: string[]): Promise<Ended> =>
  run(pulumi, [...args, "--stack", stack, "--cwd", directory, "--non-interactive"], environment);

beforeAll(async () => {
  azure = await LocalAzureForTests.open({ startsAt: "system" });
  providers = await startProviders({
    ...asLandingZoneDeployer(azure.azure, azure.secretOf("deployer")),
  });
  directory = mkdtempSync(join(tmpdir(), "nodejs-host-"));
  for (const name of ["infra", "components", "node_modules", "package.json"]) {
    symlinkSync(join(projectRoot, name), join(directory, name));
  }
  for (const name of ["Pulumi.yaml", "Pulumi.dev.yaml"]) copyFileSync(join(projectRoot, name), join(directory, name));
  pulumi = (await engineOfThisMachine(process.env, () => undefined)).command;
  const path = [join(__dirname, "support", "nodejsHost"), dirname(pulumi), process.env["PATH"] ?? ""];
  environment = {
    PATH: path.join(delimiter),
    PULUMI_HOME: join(directory, "home"),
    PULUMI_BACKEND_URL: `file://${directory}`,
    PULUMI_CONFIG_PASSPHRASE: "a passphrase of a test",
    PULUMI_DEBUG_PROVIDERS: providers.debugProviders,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DEBUG_COMMANDS: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
  const made = await engine("stack", "init");
  expect(made).toMatchObject({ code: 0 });
});

afterAll(async () => {
  await providers.close();
  await azure.close();
  rmSync(directory, { recursive: true, force: true });
});

describe("the program, run by Pulumi's own way to run Node.js programs,", () => {
  it("tells what is wrong with its configuration, and Node.js warns of nothing", async () => {
    configure({ location: "West Europe" });
    const { code, stdout, stderr } = await engine("preview");
    const lines = readFileSync(join(directory, "Pulumi.dev.yaml"), "utf8").split("\n");
    const line = lines.findIndex((each) => each.includes("azure-daemon-access:location")) + 1;
    expect(stdout).toContain(`Pulumi.dev.yaml:${line}: azure-daemon-access:location: got "West Europe"`);
    expect(`${stdout}${stderr}`).not.toMatch(/Warning:|^\s+at /m);
    expect(code).not.toBe(0);
  });

  it("ends with a refusal that comes late, which a review tells in the program's words", async () => {
    configure({ vault: { existing: { vaultId: missing } } });
    const log = join(directory, "events.json");
    const { code, stdout, stderr } = await engine("preview", "--event-log", log);
    const events = readFileSync(log, "utf8").trim().split("\n");
    const told = errorsIn(events.map((line) => JSON.parse(line) as EngineEvent)).map(({ message }) => message);
    expect(told).toContainEqual(expect.stringContaining("needed an existing vault"));
    expect(told.join("\n")).not.toMatch(/<ref \*|__pulumi|[Uu]nhandled|^\s+at /m);
    expect(`${stdout}${stderr}`).not.toContain("Warning:");
    expect(code).not.toBe(0);
  });

  it("ends with a look-up that is refused, whose error a review tells without the object that it is", async () => {
    configure({});
    const log = join(directory, "refused.json");
    const wrong = ["--config", "azuread:tenantId=11111111-2222-4333-8444-555555555555"];
    const { code } = await engine("preview", "--event-log", log, ...wrong);
    const events = readFileSync(log, "utf8").trim().split("\n");
    const told = errorsIn(events.map((line) => JSON.parse(line) as EngineEvent)).map(({ message }) => message);
    expect(told).toContainEqual(expect.stringMatching(/^invocation of azuread:index\/\w+:\w+ returned an error: /));
    expect(told.join("\n")).toContain("AADSTS90002");
    expect(told.join("\n")).not.toMatch(/<ref \*|promise:|[Uu]nhandled|^\s+at /m);
    expect(code).not.toBe(0);
  });
});
