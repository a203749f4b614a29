import { z } from "zod";
import { tenant } from "../landingZone/layout";
import { addressRange, isPrivate } from "../network/addressRange";
import { badRequest } from "./managementErrors";
import { maximumRetentionDays, minimumRetentionDays, type NetworkAcls, type VaultProperties } from "./vaultRecord";

const names = z.array(z.string()).nullish();
const permissions = z.object({ secrets: names, keys: names, certificates: names }).loose();
const properties = z.object({
  sku: z.object({ family: z.literal("A"), name: z.enum(["standard", "premium"]) }),
  tenantId: z.string(),
  accessPolicies: z.array(z.object({ tenantId: z.string(), objectId: z.string(), permissions })).nullish(),
  enabledForDeployment: z.boolean().nullish(),
  enabledForDiskEncryption: z.boolean().nullish(),
  enabledForTemplateDeployment: z.boolean().nullish(),
  enableSoftDelete: z.boolean().nullish(),
  softDeleteRetentionInDays: z.number().int().nullish(),
  enableRbacAuthorization: z.boolean().nullish(),
  enablePurgeProtection: z.boolean().nullish(),
  networkAcls: z
    .object({
      bypass: z.enum(["AzureServices", "None"]).nullish(),
      defaultAction: z.enum(["Allow", "Deny"]).nullish(),
      ipRules: z.array(z.object({ value: z.string() })).nullish(),
      virtualNetworkRules: z
        .array(z.object({ id: z.string(), ignoreMissingVnetServiceEndpoint: z.boolean().nullish() }))
        .nullish(),
    })
    .nullish(),
  publicNetworkAccess: z.string().nullish(),
  createMode: z.enum(["default", "recover"]).nullish(),
});
const tags = z.record(z.string(), z.string()).nullish();
const put = z.object({ location: z.string(), tags, properties });
const patch = z.object({ tags, properties: properties.partial().nullish() });

export type VaultPut = z.infer<typeof put>;
export type VaultPatch = z.infer<typeof patch>;
type PropertiesInput = NonNullable<VaultPatch["properties"]>;

/** The body of a PUT. @throws ServiceError */
export const vaultPut = (body: unknown): VaultPut => read(put, body);

/** The body of a PATCH. @throws ServiceError */
export const vaultPatch = (body: unknown): VaultPatch => read(patch, body ?? {});

/**
 * The properties of a vault that is made, or of one that changes. What is left out keeps its present value where the
 * service keeps it, and takes the default otherwise.
 * @throws ServiceError
 */
export function vaultProperties(input: PropertiesInput, present?: VaultProperties): VaultProperties {
  const tenantId = (input.tenantId ?? present?.tenantId ?? "").toLowerCase();
  if (tenantId !== tenant.id) {
    throw badRequest(
      `An invalid value was provided for 'tenantId': '${tenantId}'. The subscription's is '${tenant.id}'.`,
    );
  }
  if (input.enableSoftDelete === false) {
    throw badRequest(irreversible("enableSoftDelete", "the 'soft delete' functionality"));
  }
  if (input.enablePurgeProtection === false && present?.enablePurgeProtection === true) {
    throw badRequest(irreversible("enablePurgeProtection", "the purge protection for a vault"));
  }
  const purgeProtected = input.enablePurgeProtection ?? present?.enablePurgeProtection ?? false;
  const networkAcls = input.networkAcls == null ? present?.networkAcls : firewall(input.networkAcls);
  const enabledForDiskEncryption = input.enabledForDiskEncryption ?? present?.enabledForDiskEncryption;
  const enabledForTemplateDeployment = input.enabledForTemplateDeployment ?? present?.enabledForTemplateDeployment;
  return {
    sku: input.sku ?? present?.sku ?? { family: "A", name: "standard" },
    tenantId,
    accessPolicies: input.accessPolicies?.map(accessPolicy) ?? present?.accessPolicies ?? [],
    enabledForDeployment: input.enabledForDeployment ?? present?.enabledForDeployment ?? false,
    ...(enabledForDiskEncryption === undefined ? {} : { enabledForDiskEncryption }),
    ...(enabledForTemplateDeployment === undefined ? {} : { enabledForTemplateDeployment }),
    enableSoftDelete: true,
    softDeleteRetentionInDays: retention(input.softDeleteRetentionInDays ?? undefined, present),
    enableRbacAuthorization: input.enableRbacAuthorization ?? present?.enableRbacAuthorization ?? false,
    ...(purgeProtected ? { enablePurgeProtection: true as const } : {}),
    ...(networkAcls === undefined ? {} : { networkAcls }),
    publicNetworkAccess: publicAccess(input.publicNetworkAccess ?? present?.publicNetworkAccess ?? "Enabled"),
  };
}

function read<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw badRequest(`An invalid value was provided for '${issue?.path.join(".") ?? ""}': ${issue?.message ?? ""}.`);
  }
  return parsed.data;
}

const irreversible = (property: string, what: string): string =>
  `The property "${property}" cannot be set to false. Enabling ${what} is an irreversible action.`;

function retention(asked: number | undefined, present: VaultProperties | undefined): number {
  const days = asked ?? present?.softDeleteRetentionInDays ?? maximumRetentionDays;
  if (present !== undefined && days !== present.softDeleteRetentionInDays) {
    throw badRequest('The property "softDeleteRetentionInDays" has been set already and it can\'t be modified.');
  }
  if (days < minimumRetentionDays || days > maximumRetentionDays) {
    throw badRequest(
      `An invalid value was provided for 'softDeleteRetentionInDays': ${days}. It must be between ${minimumRetentionDays} ` +
        `and ${maximumRetentionDays} days.`,
    );
  }
  return days;
}

/** Ranges come back with their prefix, a single address too. */
function firewall(input: NonNullable<PropertiesInput["networkAcls"]>): NetworkAcls {
  const ipRules = (input.ipRules ?? []).map(({ value }) => {
    if (addressRange(value) === undefined || isPrivate(value)) {
      throw badRequest(`The value '${value}' in 'networkAcls.ipRules' is not a public IPv4 address or CIDR range.`);
    }
    return { value: value.includes("/") ? value : `${value}/32` };
  });
  return {
    bypass: input.bypass ?? "AzureServices",
    defaultAction: input.defaultAction ?? "Allow",
    ipRules,
    virtualNetworkRules: (input.virtualNetworkRules ?? []).map(({ id }) => ({ id })),
  };
}

function accessPolicy(
  policy: NonNullable<PropertiesInput["accessPolicies"]>[number],
): VaultProperties["accessPolicies"][number] {
  const { tenantId, objectId, permissions: granted } = policy;
  return {
    tenantId,
    objectId,
    permissions: {
      ...granted,
      secrets: granted.secrets ?? [],
      keys: granted.keys ?? [],
      certificates: granted.certificates ?? [],
    },
  };
}

function publicAccess(text: string): "Enabled" | "Disabled" {
  const found = (["Enabled", "Disabled"] as const).find((value) => value.toLowerCase() === text.toLowerCase());
  if (found === undefined) {
    throw badRequest(`An invalid value was provided for 'publicNetworkAccess': '${text}'. It is Enabled or Disabled.`);
  }
  return found;
}
