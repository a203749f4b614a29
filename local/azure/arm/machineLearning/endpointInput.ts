import { z } from "zod";
import { tagsSchema } from "../jsonContent";
import { identitySchema } from "./resourceIdentity";

/** How callers of an endpoint prove themselves: keys, tokens of the endpoint's own, tokens of Entra ID. */
export const authModes = ["Key", "AMLToken", "AADToken"] as const;
export type AuthMode = (typeof authModes)[number];

const traffic = z.record(z.string(), z.int().min(0).max(100));

export const endpointSchema = z.looseObject({
  location: z.string(),
  tags: tagsSchema.nullish(),
  kind: z.string().nullish(),
  identity: identitySchema.nullish(),
  properties: z.looseObject({
    authMode: z.enum(authModes),
    keys: z.looseObject({ primaryKey: z.string().nullish(), secondaryKey: z.string().nullish() }).nullish(),
    traffic: traffic.nullish(),
    publicNetworkAccess: z.enum(["Enabled", "Disabled"]).nullish(),
  }),
});

export const deploymentSchema = z.looseObject({
  location: z.string(),
  tags: tagsSchema.nullish(),
  sku: z.looseObject({ name: z.string(), capacity: z.int().nullish() }).nullish(),
  properties: z.looseObject({ endpointComputeType: z.string(), instanceType: z.string().nullish() }),
});

export const regenerateSchema = z.looseObject({
  keyType: z.enum(["Primary", "Secondary"]),
  keyValue: z.string().nullish(),
});

/** A letter first, then letters, digits and hyphens: 3 to 32. */
export const endpointNamePattern = /^[a-z][a-z0-9-]{1,30}[a-z0-9]$/i;
