import { program } from "../../../infra/program";
import type { Conditions } from "../../../local/azure/conditions/conditions";
import { identities, subscription, tenant } from "../../../local/azure/landingZone/layout";
import { run, signedInAs, type Ended } from "../../support/command";
import { LocalAzureForTests } from "../../support/localAzure";
import { WarmCommands } from "../../support/warmCommands";
import { DrivenProject } from "./drivenProject";

const vaultScope = "https://vault.azure.net/.default";
const graphScope = "https://graph.microsoft.com/.default";

/** What a secret's version says of itself. */
export interface VaultVersion {
  readonly enabled: boolean;
  /** RFC 3339, UTC. */
  readonly notBefore: string;
  /** RFC 3339, UTC. */
  readonly expires: string;
  readonly generation: string | undefined;
}

/** What a daemon signs in with. */
export interface HeldSecret {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly generation: number;
}

/**
 * The stack's own program with one daemon, which the real engine deploys onto local Azure on any day: the day is that of
 * local Azure's clock and of the stack's asOf.
 */
export class DatedStack {
  private readonly tools: WarmCommands;

  private constructor(
    readonly local: LocalAzureForTests,
    private readonly project: DrivenProject,
  ) {
    this.tools = new WarmCommands("tools/cli/main.ts", this.ofConsumer());
  }

  private ofConsumer(): Record<string, string> {
    const { PATH = "", HOME = "" } = process.env;
    return { PATH, HOME, ...signedInAs(this.local, "consumer") };
  }

  /** @param secret the settings of the daemon's secret @param conditions of a bad day */
  static async open(
    startsAt: string,
    secret: Readonly<Record<string, unknown>>,
    conditions: Conditions = {},
  ): Promise<DatedStack> {
    const local = await LocalAzureForTests.open({ startsAt, conditions });
    const project = await DrivenProject.open(local, {
      stack: "dev",
      settings: settings(secret),
      passphrase: "of a test",
      program,
    });
    return new DatedStack(local, project);
  }

  /**
   * One `up` at the moment of local Azure's clock.
   * @param overrides settings of this run, "key=value"
   * @returns what was done, as "created azuread.ApplicationPassword loader-generation-1", sorted; nothing on a quiet day
   */
  async up(...overrides: string[]): Promise<string[]> {
    const { ok, errors, steps, outputs } = await this.project.run("up", ...overrides);
    const asOf = this.local.clock.now().toISOString();
    if (!ok) throw new Error(`up at ${asOf}: ${errors.map(({ message }) => message).join("; ")}`);
    this.outputs = outputs ?? {};
    return steps.flatMap(({ op, type, name }) => (op === "same" ? [] : [`${op} ${type} ${name}`])).sort();
  }

  /** The stack's outputs after the last run. */
  outputs: Readonly<Record<string, unknown>> = {};

  /** The daemon's credential, as the consumer reads it from the vault now. */
  async read(): Promise<HeldSecret> {
    const { value = "" } = await this.vault<{ value?: string }>("consumer", `secrets/${this.secretName}`);
    return JSON.parse(value) as HeldSecret;
  }

  /** A sign-in of the daemon. @returns "signed in", or Entra ID's code */
  async signIn({ clientId, clientSecret }: HeldSecret): Promise<string> {
    try {
      await this.local.tokenFor({ clientId, clientSecret, scope: graphScope });
      return "signed in";
    } catch (error) {
      return /AADSTS\d+/.exec(String(error))?.[0] ?? String(error);
    }
  }

  /** Every version of the secret, the oldest first. */
  async versions(): Promise<VaultVersion[]> {
    interface Listed {
      readonly value: readonly {
        readonly attributes: { readonly enabled: boolean; readonly nbf: number; readonly exp: number };
        readonly tags?: Readonly<Record<string, string>>;
      }[];
    }
    const { value } = await this.vault<Listed>("deployer", `secrets/${this.secretName}/versions`);
    return value
      .map(({ attributes, tags }) => ({
        enabled: attributes.enabled,
        notBefore: moment(attributes.nbf),
        expires: moment(attributes.exp),
        generation: tags?.["generation"],
      }))
      .sort((one, other) => one.notBefore.localeCompare(other.notBefore));
  }

  /** Verify, with the consumer's identity, in a process that goes on with the next one. */
  async verify(): Promise<Ended> {
    const ended = this.tools.run(["verify", "--vault", this.vaultUri, "--wait", "0"], this.ofConsumer());
    if (ended === undefined) throw new Error("verify runs already");
    return await ended;
  }

  /** A command of `npx daemon-access credentials`, as the deployer. */
  credentials(command: string, ...args: string[]): Promise<Ended> {
    const words = ["tools/start.mjs", "credentials", command, "--vault", this.vaultUri, ...args];
    return run(process.execPath, words, signedInAs(this.local, "deployer"));
  }

  async close(): Promise<void> {
    this.tools.end();
    await this.local.close();
    this.project.remove();
  }

  private get vaultUri(): string {
    return String(this.outputs["vaultUri"]);
  }

  private readonly secretName = "loader-credential";

  private async vault<Reply>(identity: "consumer" | "deployer", path: string): Promise<Reply> {
    const { status, body } = await this.local.call(
      identity,
      vaultScope,
      "GET",
      `${this.vaultUri}${path}?api-version=7.4`,
    );
    if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
    return body as Reply;
  }
}

const moment = (seconds: number): string => new Date(seconds * 1000).toISOString().replace(".000", "");

const settings = (secret: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({
    config: {
      "azure-native:subscriptionId": subscription.id,
      "azure-native:tenantId": tenant.id,
      "azuread:tenantId": tenant.id,
      "azure-daemon-access:location": "westeurope",
      "azure-daemon-access:resourceGroupName": "rg-daemons",
      "azure-daemon-access:vault": { allowedIpRanges: ["203.0.113.0/24"] },
      "azure-daemon-access:readers": [{ objectId: identities.consumer.objectId }],
      "azure-daemon-access:daemons": [{ name: "loader", secret, graph: { permissions: ["User.Read.All"] } }],
    },
  });
