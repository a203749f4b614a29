import { z } from "zod";
import { identities, subscription, tenant } from "../azure/landingZone/layout";
import { jsonObject, RestClient } from "../providers/rest/client";
import { openConnection } from "../providers/rest/connection";
import { noRequests } from "../providers/rest/counters";
import { isPassing } from "../providers/rest/retry";
import { TokenSource } from "../providers/rest/tokenSource";
import { exitCodes, UserError } from "../userError";
import type { AzureSession } from "./azureSession";

const managementUrl = "https://management.azure.com";
const listPath = `/subscriptions/${subscription.id}/providers/Microsoft.ManagedIdentity/userAssignedIdentities?api-version=2023-01-31`;

const listSchema = z.object({
  value: z.array(z.object({ id: z.string(), name: z.string(), properties: z.object({ clientId: z.string() }) })),
});
type Listed = z.infer<typeof listSchema>["value"];

/**
 * Client IDs of managed identities that local Azure has, each found by its name or its client ID.
 *
 * @throws UserError for one that it doesn't have, or a name that several have
 */
export async function managedIdentityClientIds(azure: AzureSession, wanted: readonly string[]): Promise<string[]> {
  const known = await userAssignedIdentities(azure);
  return wanted.map((word) => clientIdOf(word, known));
}

function clientIdOf(word: string, known: Listed): string {
  const fits = (own: string): boolean => own.toLowerCase() === word.toLowerCase();
  const found = known.filter(({ name, properties }) => fits(name) || fits(properties.clientId));
  const [only, ...others] = found.map(({ properties }) => properties.clientId);
  if (only === undefined) {
    const names = [...Object.keys(identities), ...known.map(({ name }) => name)];
    throw new UserError(`--as: "${word}" is nobody. Local Azure has ${names.join(", ")}.`, exitCodes.usage);
  }
  if (others.length > 0) {
    const all = found.map(({ id, properties }) => `${properties.clientId} (${id})`).join(", ");
    throw new UserError(
      `--as: several managed identities are named "${word}". Give a client ID: ${all}.`,
      exitCodes.usage,
    );
  }
  return only;
}

async function userAssignedIdentities(azure: AzureSession): Promise<Listed> {
  const connection = openConnection(azure.proxyUrl, azure.caFile);
  try {
    const counters = noRequests();
    const { clientId } = identities.administrator;
    const credentials = { tenantId: tenant.id, clientId, clientSecret: azure.secretOf("administrator") };
    const client = new RestClient(connection, new TokenSource(connection, credentials, counters), counters, {
      service: "arm",
      baseUrl: managementUrl,
      scope: `${managementUrl}/.default`,
      retry: { attempts: 4, firstWait: 500, longestWait: 8_000, retries: ({ status }) => isPassing(status) },
    });
    const response = await client.send("GET", listPath, AbortSignal.timeout(30_000));
    return listSchema.parse(jsonObject(response)).value;
  } finally {
    await connection.close();
  }
}
