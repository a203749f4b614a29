import { readFileSync } from "node:fs";
import type { Socket } from "node:net";
import { ClientSecretCredential, type TokenCredential } from "@azure/identity";
import { createDefaultHttpClient, type HttpClient } from "@azure/core-rest-pipeline";
import { newPipeline, type Pipeline } from "@azure/storage-file-datalake";
import { HttpsProxyAgent } from "https-proxy-agent";
import { identities, tenant, type IdentityName } from "../../local/azure/landingZone/layout";
import type { LocalAzureForTests } from "./localAzure";

/** The proxy's agent takes a CA for the proxy only; the hosts behind it need one too. */
class TrustingProxyAgent extends HttpsProxyAgent<string> {
  constructor(
    proxyUrl: string,
    private readonly ca: Buffer,
  ) {
    super(proxyUrl, { keepAlive: true });
  }

  override connect(...[request, options]: Parameters<HttpsProxyAgent<string>["connect"]>): Promise<Socket> {
    return super.connect(request, Object.assign(options, { ca: this.ca }));
  }
}

/** Azure's own clients, led through local Azure's proxy and trusting its CA. */
export class SdkClients {
  private readonly agent: TrustingProxyAgent;
  private readonly client = createDefaultHttpClient();

  constructor(private readonly azure: LocalAzureForTests) {
    this.agent = new TrustingProxyAgent(azure.azure.proxyUrl, readFileSync(azure.azure.caFile));
  }

  /** To be spread into a client's options. */
  get options(): { httpClient: HttpClient; retryOptions: { maxRetries: number } } {
    const httpClient: HttpClient = {
      sendRequest: (request) => {
        request.agent = this.agent;
        return this.client.sendRequest(request);
      },
    };
    return { httpClient, retryOptions: { maxRetries: 0 } };
  }

  credential(identity: IdentityName): TokenCredential {
    const { clientId } = identities[identity];
    return new ClientSecretCredential(tenant.id, clientId, this.azure.secretOf(identity), this.options);
  }

  /**
   * What storage's clients take in place of a credential and options: they keep an older kind of pipeline.
   * @param identity who signs in; nobody where an address has its own signature
   */
  storagePipeline(identity?: IdentityName): Pipeline {
    const credential = identity === undefined ? undefined : this.credential(identity);
    const pipeline = newPipeline(credential, { retryOptions: { maxTries: 1 } });
    pipeline.factories.unshift({
      create: (next) => ({
        sendRequest: (request) => next.sendRequest(Object.assign(request, { agent: this.agent })),
      }),
    });
    return pipeline;
  }

  close(): void {
    this.agent.destroy();
  }
}
