import { readFileSync } from "node:fs";
import type { Socket } from "node:net";
import { ClientSecretCredential, type TokenCredential } from "@azure/identity";
import type { AdditionalPolicyConfig } from "@azure/core-client";
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

  constructor(private readonly azure: LocalAzureForTests) {
    this.agent = new TrustingProxyAgent(azure.azure.proxyUrl, readFileSync(azure.azure.caFile));
  }

  /** To be spread into a client's options. */
  get options(): { additionalPolicies: AdditionalPolicyConfig[]; retryOptions: { maxRetries: number } } {
    const throughLocalAzure: AdditionalPolicyConfig = {
      position: "perRetry",
      policy: {
        name: "throughLocalAzure",
        sendRequest: (request, next) => {
          request.agent = this.agent;
          return next(request);
        },
      },
    };
    return { additionalPolicies: [throughLocalAzure], retryOptions: { maxRetries: 0 } };
  }

  credential(identity: IdentityName): TokenCredential {
    const { clientId } = identities[identity];
    return new ClientSecretCredential(tenant.id, clientId, this.azure.secretOf(identity), this.options);
  }

  close(): void {
    this.agent.destroy();
  }
}
