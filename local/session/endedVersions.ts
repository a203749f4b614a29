import { z } from "zod";
import { jsonObject, type RestClient } from "../providers/rest/client";
import type { AzureSession } from "./azureSession";
import { withSignedInClient } from "./signedInClient";

const versionsSchema = z.object({
  value: z.array(
    z.object({ attributes: z.object({ enabled: z.boolean(), created: z.number(), exp: z.number().optional() }) }),
  ),
});

/**
 * Whether one of the secrets has an older version that is enabled still though its last moment has passed. Reads no value.
 *
 * @param secretUris without a version, as the stack's outputs have them
 * @param now the time on local Azure
 */
export const hasEndedVersions = (azure: AzureSession, secretUris: readonly string[], now: Date): Promise<boolean> =>
  withSignedInClient(azure, "deployer", "keyVault", async (client) => {
    const found = await Promise.all(secretUris.map((uri) => hasEndedVersion(client, uri, now)));
    return found.includes(true);
  });

async function hasEndedVersion(client: RestClient, uri: string, now: Date): Promise<boolean> {
  const response = await client.send("GET", `${uri}/versions?api-version=7.4`, AbortSignal.timeout(30_000));
  // A secret that is not there has no version to disable, and verify says that it is missing.
  if (response.status !== 200) return false;
  const { value } = versionsSchema.parse(jsonObject(response));
  const newest = Math.max(...value.map(({ attributes }) => attributes.created));
  return value.some(
    ({ attributes: { enabled, created, exp = Number.POSITIVE_INFINITY } }) =>
      enabled && created < newest && exp * 1_000 <= now.getTime(),
  );
}
