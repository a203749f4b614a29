import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { LocalAzure } from "../../../local/azure/localAzure";
import { Console } from "../../../local/output/console";
import { connectionVariables, identityVariables } from "../../../local/environment";
import { landingZoneSecret } from "../../../local/azure/landingZone/secret";
import { noteServe } from "../../../local/session/serveFile";
import { withStack } from "../../../local/stack/stackSession";
import { projectRoot, stateDirectory, type StateDirectory } from "../../../local/stateDirectory";
import { UserError } from "../../../local/userError";
import { reason, run, type Ended } from "./environments/process";
import type { IdentityName } from "../../../local/azure/landingZone/layout";

/** The stack of the clients: its settings stand beside their programs. */
export const stackName = "clients";

export const programsDirectory = join(projectRoot, "examples", "clients");

/** What the stack's outputs tell that the clients' runs need. */
export interface Delivered {
  readonly vaultUri: string;
  /** What the owner of the retired lake has to set. */
  readonly accessLists: unknown;
}

export interface DeploymentOptions {
  /** The daemons to deploy, of those in the settings. */
  readonly daemons: ReadonlySet<string>;
  /** Those of them that are to sign in with a certificate in place of a secret. */
  readonly certified: ReadonlySet<string>;
  /** Stands in for values of the settings, "key=value". @default none */
  readonly config?: readonly string[];
  /** The environment in which the engine is looked for. */
  readonly machine: NodeJS.ProcessEnv;
  readonly say: (line: string) => void;
}

/** A local Azure of this process's own, with the clients' stack deployed on it by the engine. */
export class Deployment {
  private readonly daemonSecrets = new Set<string>();

  private constructor(
    readonly azure: LocalAzure,
    /** For what only this deployment needs; it goes with it. */
    readonly directory: string,
    private readonly state: StateDirectory,
    private readonly end: () => Promise<void>,
  ) {
    azure.requests.listen((_record, request, { body }) => {
      const { secretText } = (request.path.endsWith("/addPassword") ? body : {}) as { readonly secretText?: string };
      if (secretText !== undefined) this.daemonSecrets.add(secretText);
    });
  }

  /** Starts a local Azure, which ends with the deployment. */
  static async open(): Promise<Deployment> {
    const path = mkdtempSync(join(tmpdir(), "clients-azure-"));
    const azure = await LocalAzure.open({ stateDirectory: path });
    return Deployment.on(azure, path, async () => {
      await azure.close();
      await rm(path, { recursive: true, force: true });
    });
  }

  /** Takes a local Azure that runs in this process already. */
  static on(azure: LocalAzure, path: string, end: () => Promise<void> = () => Promise.resolve()): Deployment {
    const state = stateDirectory({ LOCAL_AZURE_DIRECTORY: path });
    const directory = mkdtempSync(join(tmpdir(), "clients-"));
    const forget = noteServe(state, azure);
    return new Deployment(azure, directory, state, async () => {
      forget();
      await rm(directory, { recursive: true, force: true });
      await end();
    });
  }

  /** Client secret of an identity of the landing zone. */
  secretOf(identity: IdentityName): string {
    return landingZoneSecret(this.azure.cloud.stateKey, identity);
  }

  /** What a program printed, without the secrets that it was given. */
  withoutSecrets({ code, stdout, stderr }: Ended): Ended {
    const secrets = [this.secretOf("consumer"), this.secretOf("administrator"), ...this.daemonSecrets];
    const clean = (text: string): string =>
      secrets.reduce((cleaned, each) => cleaned.replaceAll(each, "[secret]"), text);
    return { code, stdout: clean(stdout), stderr: clean(stderr) };
  }

  /** Deploys the daemons. @throws UserError with the errors of a deployment that failed */
  async up(options: DeploymentOptions): Promise<Delivered> {
    const { daemons, certified, say } = options;
    const project = this.projectFor(daemons);
    const delivered = await this.deploy(project, options);
    if (certified.size === 0) return delivered;
    for (const daemon of certified) await this.makeCertificate(daemon, project, delivered.vaultUri);
    this.dropSecrets(certified, project);
    say(`Made ${certified.size === 1 ? "a certificate" : `${certified.size} certificates`} in the vault`);
    return await this.deploy(project, options);
  }

  private async deploy(project: string, { daemons, config = [], machine, say }: DeploymentOptions): Promise<Delivered> {
    const request = {
      console: new QuietConsole({ json: true, verbose: false }),
      state: this.state,
      project,
      stack: stackName,
      config,
      machine,
      passphrase: undefined,
      command: "clients",
    };
    return await withStack(request, async (session) => {
      const { ok, errors, outputs = {}, seconds, steps } = await session.run("up");
      const { vaultUri, dataLakeGen1AccessLists: accessLists = [] } = outputs;
      if (!ok || typeof vaultUri !== "string") {
        throw new UserError(`The stack could not be deployed:\n${errors.map(({ message }) => message).join("\n")}`);
      }
      say(
        `Deployed ${daemons.size} daemons, ${steps.length} resources, in ${seconds.toFixed(1)} s (Pulumi ${session.engine.version})`,
      );
      return { vaultUri, accessLists };
    });
  }

  close(): Promise<void> {
    return this.end();
  }

  /** A project directory whose settings have these daemons alone. */
  private projectFor(names: ReadonlySet<string>): string {
    const project = join(this.directory, "project");
    mkdirSync(project, { recursive: true });
    copyFileSync(join(projectRoot, "Pulumi.yaml"), join(project, "Pulumi.yaml"));
    copyFileSync(join(programsDirectory, fileName), join(project, fileName));
    changeDaemons(project, (daemons) => daemons.filter(({ name }) => names.has(name)));
    return project;
  }

  /** What an officer of the vault does: `npx daemon-access credentials certificate`. The public part goes to the settings. */
  private async makeCertificate(daemon: string, project: string, vaultUri: string): Promise<void> {
    const command = ["tools/start.mjs", "credentials", "certificate", "--daemon", daemon];
    const where = ["--stack", stackName, "--cwd", project, "--vault", vaultUri];
    const env = {
      PATH: process.env["PATH"] ?? "",
      HOME: this.directory,
      ...connectionVariables(this.azure),
      ...identityVariables("administrator", this.secretOf("administrator")),
    };
    const ended = await run(process.execPath, [...command, ...where], { cwd: projectRoot, env });
    if (ended.code !== 0) throw new UserError(`The certificate of ${daemon} could not be made:\n${reason(ended)}`);
  }

  /** The second half of the way from a secret to a certificate. */
  private dropSecrets(certified: ReadonlySet<string>, project: string): void {
    changeDaemons(project, (daemons) =>
      daemons.map(({ secret, ...daemon }) => (certified.has(daemon.name) ? daemon : { ...daemon, secret })),
    );
  }
}

/** The engine's YAML has timestamps as a kind of their own, so that text which looks like one needs quotes. */
const asEngineReads = { aliasDuplicateObjects: false, customTags: ["timestamp" as const] };

const fileName = `Pulumi.${stackName}.yaml`;

const daemonsSetting = "azure-daemon-access:daemons";

interface Daemon {
  readonly name: string;
  readonly secret?: unknown;
}

interface Settings {
  readonly config: { [daemonsSetting]: readonly Daemon[] };
}

/** Changes the daemons in a project's settings. */
function changeDaemons(project: string, change: (daemons: readonly Daemon[]) => readonly Daemon[]): void {
  const file = join(project, fileName);
  const settings = parse(readFileSync(file, "utf8")) as Settings;
  settings.config[daemonsSetting] = change(settings.config[daemonsSetting]);
  writeFileSync(file, stringify(settings, asEngineReads));
}

/** The engine's every step would hide what this command is about. */
class QuietConsole extends Console {
  override line(): void {
    // Said in one line when it is done.
  }
}
