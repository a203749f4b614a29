import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { LocalAzure } from "../local/azure/localAzure";
import { Console } from "../local/output/console";
import { landingZoneSecret } from "../local/session/azureSession";
import { noteServe } from "../local/session/serveFile";
import { withStack } from "../local/stack/stackSession";
import { projectRoot, stateDirectory, type StateDirectory } from "../local/stateDirectory";
import { UserError } from "../local/userError";
import type { Ended } from "./environments/process";
import type { IdentityName } from "../local/azure/landingZone/layout";

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
    const secrets = [this.secretOf("consumer"), ...this.daemonSecrets];
    const clean = (text: string): string =>
      secrets.reduce((cleaned, each) => cleaned.replaceAll(each, "[secret]"), text);
    return { code, stdout: clean(stdout), stderr: clean(stderr) };
  }

  /** Deploys the daemons. @throws UserError with the errors of a deployment that failed */
  async up({ daemons, config = [], machine, say }: DeploymentOptions): Promise<Delivered> {
    const request = {
      console: new QuietConsole({ json: true, verbose: false }),
      state: this.state,
      project: this.projectFor(daemons),
      stack: stackName,
      config,
      machine,
      passphrase: undefined,
      command: "clients",
    };
    return await withStack(request, async (session) => {
      say(`Pulumi engine ${session.engine.version}`);
      const { ok, errors, outputs = {}, seconds, steps } = await session.run("up");
      const { vaultUri, dataLakeGen1AccessLists: accessLists = [] } = outputs;
      if (!ok || typeof vaultUri !== "string") {
        throw new UserError(`The stack could not be deployed:\n${errors.map(({ message }) => message).join("\n")}`);
      }
      say(`Deployed ${daemons.size} daemons, ${steps.length} resources, in ${seconds.toFixed(1)} s`);
      return { vaultUri, accessLists };
    });
  }

  close(): Promise<void> {
    return this.end();
  }

  /** A project directory whose settings have these daemons alone. */
  private projectFor(daemons: ReadonlySet<string>): string {
    const project = join(this.directory, "project");
    mkdirSync(project, { recursive: true });
    copyFileSync(join(projectRoot, "Pulumi.yaml"), join(project, "Pulumi.yaml"));
    const file = `Pulumi.${stackName}.yaml`;
    const settings = clientSettings();
    settings.config[daemonsSetting] = settings.config[daemonsSetting].filter(({ name }) => daemons.has(name));
    writeFileSync(join(project, file), stringify(settings, asEngineReads));
    return project;
  }
}

/** The engine's YAML has timestamps as a kind of their own, so that text which looks like one needs quotes. */
const asEngineReads = { aliasDuplicateObjects: false, customTags: ["timestamp" as const] };

const daemonsSetting = "azure-daemon-access:daemons";

interface Settings {
  readonly config: { [daemonsSetting]: readonly { readonly name: string }[] };
}

const clientSettings = (): Settings =>
  parse(readFileSync(join(programsDirectory, `Pulumi.${stackName}.yaml`), "utf8")) as Settings;

/** The names of the daemons that the settings declare. */
export const declaredDaemons = (): string[] => clientSettings().config[daemonsSetting].map(({ name }) => name);

/** The engine's every step would hide what this command is about. */
class QuietConsole extends Console {
  override line(): void {
    // Said in one line when it is done.
  }
}
