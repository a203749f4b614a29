import { identities, tenant, type IdentityName } from "../azure/landingZone/layout";
import { RestClient } from "../providers/rest/client";
import { openConnection } from "../providers/rest/connection";
import { noRequests } from "../providers/rest/counters";
import { ownRule } from "../providers/rest/ownRule";
import { TokenSource } from "../providers/rest/tokenSource";
import type { AzureSession } from "./azureSession";

const services = {
  arm: { baseUrl: "https://management.azure.com", scope: "https://management.azure.com/.default" },
  graph: { baseUrl: "https://graph.microsoft.com", scope: "https://graph.microsoft.com/.default" },
  // Each vault has an address of its own.
  keyVault: { baseUrl: "", scope: "https://vault.azure.net/.default" },
} as const;

/** Calls services of local Azure as one of the landing zone's identities. */
export type SignedInClients = (service: keyof typeof services) => RestClient;

/** Does work as one of the landing zone's identities, over a connection that lasts for the work. */
export async function withSignedInClients<T>(
  azure: Pick<AzureSession, "proxyUrl" | "caFile" | "secretOf">,
  identity: IdentityName,
  work: (clients: SignedInClients) => Promise<T>,
): Promise<T> {
  const connection = openConnection(azure.proxyUrl, azure.caFile);
  try {
    const counters = noRequests();
    const { clientId } = identities[identity];
    const credentials = { tenantId: tenant.id, clientId, clientSecret: azure.secretOf(identity) };
    const tokens = new TokenSource(connection, credentials, counters);
    return await work(
      (service) => new RestClient(connection, tokens, counters, { service, ...services[service], rule: ownRule }),
    );
  } finally {
    await connection.close();
  }
}
