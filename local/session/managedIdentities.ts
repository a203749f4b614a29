import { z } from "zod";
import { identities, subscription } from "../azure/landingZone/layout";
import { jsonObject } from "../providers/rest/client";
import { exitCodes, UserError } from "../userError";
import type { AzureSession } from "./azureSession";
import { withSignedInClients } from "./signedInClients";

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
    throw new UserError(`--as: "${word}" is unknown. Local Azure has ${names.join(", ")}.`, exitCodes.usage);
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

const userAssignedIdentities = (azure: AzureSession): Promise<Listed> =>
  withSignedInClients(azure, "administrator", async (clientOf) => {
    const response = await clientOf("arm").send("GET", listPath, AbortSignal.timeout(30_000));
    return listSchema.parse(jsonObject(response)).value;
  });
