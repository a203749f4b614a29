import { join } from "node:path";
import type { PulumiFn, Stack } from "@pulumi/pulumi/automation";
import { automationStack } from "../../support/automationStack";
import { identities, subscription, tenant } from "../../../local/azure/landingZone/layout";
import { queryParameter } from "../../../local/azure/http/message";
import type { RequestRecord } from "../../../local/azure/network/requestLog";
import { startProviders, type RunningProviders } from "../../../local/providers/startProviders";
import { LocalAzureForTests, type LocalAzureTestOptions } from "../../support/localAzure";

/** A request to local Azure, with the API version that it asks for. */
export interface VersionedRequest extends RequestRecord {
  readonly apiVersion: string | undefined;
}

/** A local Azure, the stand-in providers on it, and stacks that the real engine deploys there. */
export class Deployment {
  private constructor(
    readonly local: LocalAzureForTests,
    readonly providers: RunningProviders,
  ) {}

  static async open(options: LocalAzureTestOptions = {}): Promise<Deployment> {
    const local = await LocalAzureForTests.open(options);
    const providers = await startProviders({
      proxyUrl: local.azure.proxyUrl,
      caFile: local.azure.caFile,
      deployer: {
        tenantId: tenant.id,
        clientId: identities.administrator.clientId,
        clientSecret: local.secretOf("administrator"),
      },
      subscriptionId: subscription.id,
    });
    return new Deployment(local, providers);
  }

  /** A stack with a state of its own. */
  stack(name: string, program: PulumiFn): Promise<Stack> {
    return automationStack({
      project: "providers",
      stack: name,
      program,
      backend: join(this.local.stateDirectory, `stack-${name}`),
      debugProviders: this.providers.debugProviders,
    });
  }

  /** What reaches local Azure while something runs. */
  async requestsDuring<Result>(
    work: () => Promise<Result>,
  ): Promise<{ readonly requests: readonly VersionedRequest[]; readonly result: Result }> {
    const requests: VersionedRequest[] = [];
    const stop = this.local.azure.requests.listen((record, request) =>
      requests.push({ ...record, apiVersion: queryParameter(request, "api-version") }),
    );
    try {
      return { requests, result: await work() };
    } finally {
      stop();
    }
  }

  async close(): Promise<void> {
    await this.providers.close();
    await this.local.close();
  }
}
