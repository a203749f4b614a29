import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { stringify } from "yaml";
import { seedApplication } from "../../../local/azure/entra/seeding";
import { identities } from "../../../local/azure/landingZone/layout";
import { connectionVariables, identityVariables, withoutForeign } from "../../../local/environment";
import { type StandIns, startStandIns } from "../../../local/session/standIns";
import { stateDirectory } from "../../../local/stateDirectory";
import type { Ended } from "../../support/command";
import { LocalAzureForTests } from "../../support/localAzure";
import { writeProjectFile } from "../../support/projectFile";

const root = join(__dirname, "..", "..", "..");
const SECRETS_OFFICER = "b86a8fe4-44ce-4948-aee5-eccb2c155cd7";

/** The settings of a platform with a vault for each team, whose readers are the landing zone's consumer. */
export const platformOf = (vaults: readonly string[], fileSystems: readonly string[] = []) => ({
  location: "westeurope",
  resourceGroupName: "rg-daemons",
  platform: { vaults, ...(fileSystems.length > 0 && { fileSystems }) },
  vault: { allowedIpRanges: ["203.0.113.0/24"] },
  readers: [{ objectId: identities.consumer.objectId, principalType: "ServicePrincipal" }],
});

/** Whoever deploys a team's stack. */
export interface Deployer {
  readonly clientId: string;
  readonly objectId: string;
  readonly secret: string;
  /** What a stack's settings say, so that the providers act as it. */
  readonly settings: Readonly<Record<string, string>>;
}

/** A project of stacks on a local Azure in this process; each command is a process of its own. */
export class EstateProject {
  private interposed: string | undefined;

  private constructor(
    readonly local: LocalAzureForTests,
    private readonly standIns: StandIns,
    readonly directory: string,
  ) {}

  static async open(): Promise<EstateProject> {
    const local = await LocalAzureForTests.open({ startsAt: "system" });
    const directory = mkdtempSync(join(tmpdir(), "estate-project-"));
    writeProjectFile(directory);
    for (const each of ["infra", "components", "node_modules"]) symlinkSync(join(root, each), join(directory, each));
    const machine = withoutForeign(process.env);
    const { azure } = local;
    const standIns = await startStandIns({
      azure: {
        proxyUrl: azure.proxyUrl,
        caFile: azure.caFile,
        attached: false,
        secretOf: (identity) => local.secretOf(identity),
        derive: (purpose) => purpose,
        close: () => Promise.resolve(),
      },
      state: stateDirectory({ LOCAL_AZURE_DIRECTORY: local.stateDirectory }),
      command: "run",
      passphrase: undefined,
      machine,
      env: { ...machine, ...connectionVariables(azure), ...identityVariables("deployer", local.secretOf("deployer")) },
      progress: () => undefined,
    });
    return new EstateProject(local, standIns, directory);
  }

  /** Lets the deployer delete secrets in every vault of the resource group. */
  allowSecrets(scope: string): void {
    const { objectId: principalId } = identities.deployer;
    this.local.azure.cloud.access.seed({ principalId, roleDefinitionId: SECRETS_OFFICER, scope });
  }

  /** A deployer of a team, which Graph lets work on its own applications alone, and Azure on nothing yet. */
  seedDeployer(name: string): Deployer {
    const [clientId, objectId] = [randomUUID(), randomUUID()];
    const secret = randomUUID();
    const graphAppRoles = ["Application.ReadWrite.OwnedBy", "Application.Read.All"];
    seedApplication(this.local.azure.cloud.directory, { clientId, objectId, displayName: name, secret, graphAppRoles });
    const providers = ["azuread", "azure-native"].flatMap((provider) => [
      [`${provider}:clientId`, clientId],
      [`${provider}:clientSecret`, secret],
    ]);
    return { clientId, objectId, secret, settings: Object.fromEntries(providers) as Readonly<Record<string, string>> };
  }

  /** Path of a stack's settings. */
  fileOf(stack: string): string {
    return join(this.directory, `Pulumi.${stack}.yaml`);
  }

  read(stack: string): string {
    return readFileSync(this.fileOf(stack), "utf8");
  }

  /** Writes a stack's settings: those of the project, and others by their whole names. What the engine has added stays. */
  write(stack: string, settings: Readonly<Record<string, unknown>>): void {
    const config = Object.fromEntries(
      Object.entries(settings).map(([key, value]) => [key.includes(":") ? key : `azure-daemon-access:${key}`, value]),
    );
    const file = this.fileOf(stack);
    const [salt = ""] = existsSync(file) ? (/^encryptionsalt:.*\n/m.exec(readFileSync(file, "utf8")) ?? []) : [];
    const text = stringify({ config }, { defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "PLAIN" });
    writeFileSync(file, `${text}${salt}`);
  }

  /** Starts `daemon-access estate`. @param watch hears what it prints on standard error, as it comes */
  async estate(
    args: readonly string[],
    watch: (text: string, child: ChildProcess) => void = () => undefined,
  ): Promise<Ended> {
    return await this.tool(["estate", ...args], watch);
  }

  /** Starts a command of daemon-access in the project. */
  async tool(
    args: readonly string[],
    watch: (text: string, child: ChildProcess) => void = () => undefined,
  ): Promise<Ended> {
    const all = [join(root, "tools", "start.mjs"), ...args, "--cwd", this.directory];
    const path = [this.interposed ?? [], this.standIns.env["PATH"] ?? ""].flat().join(delimiter);
    return await this.run(process.execPath, all, watch, { ...this.standIns.env, PATH: path });
  }

  /** Has the tools find a shell script in the place of pulumi, which reaches the real one as `pulumi` on the rest of PATH. */
  interpose(script: string): void {
    this.interposed = join(this.directory, ".interposed");
    mkdirSync(this.interposed);
    writeFileSync(join(this.interposed, "pulumi"), `#!/bin/sh\nPATH="\${PATH#*:}"\n${script}`, { mode: 0o755 });
  }

  /** Runs the pulumi command in the project. */
  pulumi(...args: string[]): Promise<Ended> {
    return this.run("pulumi", ["--cwd", this.directory, "--non-interactive", ...args], () => undefined);
  }

  async close(): Promise<void> {
    await this.standIns.close();
    await this.local.close();
    rmSync(this.directory, { recursive: true, force: true });
  }

  private async run(
    command: string,
    args: readonly string[],
    watch: (text: string, child: ChildProcess) => void,
    env: NodeJS.ProcessEnv = this.standIns.env,
  ): Promise<Ended> {
    const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    const printed = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => (printed.stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      printed.stderr += text;
      watch(text, child);
    });
    const [code] = (await once(child, "close")) as [number | null];
    return { code, ...printed };
  }
}
