import { join } from "node:path";
import type { PulumiFn, Stack } from "@pulumi/pulumi/automation";
import { automationStack } from "../../support/automationStack";
import { identities, subscription, tenant, type IdentityName } from "../../../local/azure/landingZone/layout";
import { startProviders, type RunningProviders } from "../../../local/providers/startProviders";
import { LocalAzureForTests, type LocalAzureTestOptions } from "../../support/localAzure";
import { asPulumiHasThem, stackSettings } from "../../support/stackSettings";

const OWNERS = "azure-daemon-access";

/** Two teams on one local Azure and one backend: each has a project of its own and drives it with the real engine. */
export class Teams {
  private constructor(
    readonly local: LocalAzureForTests,
    private readonly providers: RunningProviders,
  ) {}

  static async open(options: LocalAzureTestOptions = {}): Promise<Teams> {
    const local = await LocalAzureForTests.open(options);
    const { proxyUrl, caFile } = local.azure;
    const { clientId } = identities.deployer;
    const deployer = { tenantId: tenant.id, clientId, clientSecret: local.secretOf("deployer") };
    return new Teams(local, await startProviders({ proxyUrl, caFile, deployer, subscriptionId: subscription.id }));
  }

  /** A stack of the owners' project, configured as the dev stack is but for what is given; undefined leaves a setting out. */
  async owners(stack: string, program: PulumiFn, settings: Readonly<Record<string, unknown>> = {}): Promise<Stack> {
    const opened = await this.stack(OWNERS, stack, program, "the owners' passphrase");
    const all: Record<string, unknown> = { ...stackSettings("dev"), asOf: "2026-03-01T00:00:00Z", ...settings };
    const some = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
    const entries = Object.entries(asPulumiHasThem(some)).map(
      ([key, value]) => [`${OWNERS}:${key}`, { value }] as const,
    );
    await opened.setAllConfig(Object.fromEntries(entries));
    return opened;
  }

  /** A stack of a team that reads, with a passphrase of its own. */
  readers(stack: string, program: PulumiFn): Promise<Stack> {
    return this.stack("reporting", stack, program, "the readers' passphrase");
  }

  /** Lets a stack's azure-native act as another identity than the deployer. */
  async actAs(stack: Stack, identity: IdentityName): Promise<void> {
    await stack.setAllConfig({
      "azure-native:tenantId": { value: tenant.id },
      "azure-native:clientId": { value: identities[identity].clientId },
      "azure-native:clientSecret": { value: this.local.secretOf(identity), secret: true },
    });
  }

  async close(): Promise<void> {
    await this.providers.close();
    await this.local.close();
  }

  private stack(project: string, stack: string, program: PulumiFn, passphrase: string): Promise<Stack> {
    const backend = join(this.local.stateDirectory, "backend");
    const { debugProviders } = this.providers;
    return automationStack({ project, stack, program, backend, debugProviders, passphrase });
  }
}
