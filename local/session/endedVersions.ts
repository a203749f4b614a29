import { z } from "zod";
import { jsonObject, type RestClient } from "../providers/rest/client";
import type { AzureSession } from "./azureSession";
import { withSignedInClients } from "./signedInClients";

const versionsSchema = z.object({
  value: z.array(
    z.object({ attributes: z.object({ enabled: z.boolean(), created: z.number(), exp: z.number().optional() }) }),
  ),
  nextLink: z.string().nullish(),
});

/**
 * Whether one of the secrets has an older version that is enabled still though its last moment has passed. Reads no value.
 *
 * @param secretUris without a version, as the stack's outputs have them
 * @param now the time on local Azure
 */
export const hasEndedVersions = (azure: AzureSession, secretUris: readonly string[], now: Date): Promise<boolean> =>
  withSignedInClients(azure, "deployer", async (clientOf) => {
    const client = clientOf("keyVault");
    const found = await Promise.all(secretUris.map((uri) => hasEndedVersion(client, uri, now)));
    return found.includes(true);
  });

async function hasEndedVersion(client: RestClient, uri: string, now: Date): Promise<boolean> {
  const versions: z.infer<typeof versionsSchema>["value"] = [];
  let page: string | null | undefined = `${uri}/versions?api-version=7.4`;
  while (page != null) {
    const response = await client.send("GET", page, AbortSignal.timeout(30_000));
    // A secret that is not there has no version to disable, and verify says that it is missing.
    if (response.status !== 200) return false;
    const { value, nextLink } = versionsSchema.parse(jsonObject(response));
    versions.push(...value);
    page = nextLink;
  }
  const newest = Math.max(...versions.map(({ attributes }) => attributes.created));
  return versions.some(
    ({ attributes: { enabled, created, exp = Number.POSITIVE_INFINITY } }) =>
      enabled && created < newest && exp * 1_000 <= now.getTime(),
  );
}
