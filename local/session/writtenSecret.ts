import { z } from "zod";
import { jsonObject } from "../providers/rest/client";
import type { AzureSession } from "./azureSession";
import { withSignedInClient } from "./signedInClient";

const tags = z.record(z.string(), z.string()).default({});
const present = z.object({
  tags,
  properties: z.object({
    attributes: z.object({
      enabled: z.boolean().default(true),
      nbf: z.number().optional(),
      exp: z.number().optional(),
    }),
  }),
});
/** What an update was to write, as the engine's state has it. The value is encrypted there. */
const asked = z.object({
  tags,
  properties: z.object({
    attributes: z.object({
      enabled: z.boolean().default(true),
      notBefore: z.number().optional(),
      expires: z.number().optional(),
    }),
  }),
});

/**
 * Whether a vault secret is as an update was to leave it, by all that Azure Resource Manager tells: its tags, which carry the
 * credential's generation, and its dates.
 *
 * @param id of the secret
 * @param inputs of the update whose end nobody has seen
 */
export async function isWritten(azure: AzureSession, id: string, inputs: unknown): Promise<boolean> {
  const wanted = asked.safeParse(inputs);
  if (!wanted.success || wanted.data.tags["generation"] === undefined) return false;
  return await withSignedInClient(azure, "deployer", "arm", async (client) => {
    const response = await client.send("GET", `${id}?api-version=2024-11-01`, AbortSignal.timeout(30_000));
    const found = present.safeParse(jsonObject(response));
    return found.success && isSame(found.data, wanted.data);
  });
}

function isSame(found: z.infer<typeof present>, wanted: z.infer<typeof asked>): boolean {
  const { enabled, nbf, exp } = found.properties.attributes;
  const { attributes } = wanted.properties;
  const names = new Set([...Object.keys(found.tags), ...Object.keys(wanted.tags)]);
  return (
    [...names].every((name) => found.tags[name] === wanted.tags[name]) &&
    enabled === attributes.enabled &&
    nbf === attributes.notBefore &&
    exp === attributes.expires
  );
}
