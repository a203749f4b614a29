import { z } from "zod";
import { invalidContent } from "../arm/errors";
import { jsonBody, type AzureRequest } from "../http/message";
import { addressRange, isPrivate } from "../network/addressRange";
import {
  kinds,
  openNetwork,
  skuNames,
  tlsVersions,
  type AccountProperties,
  type AccountRecord,
  type Kind,
  type NetworkRules,
} from "./accountRecord";
import { invalidValue, propertyCannotBeUpdated } from "./managementErrors";

const flag = z.boolean().nullish();
const properties = z
  .object({
    accessTier: z.enum(["Hot", "Cool", "Cold", "Premium"]).nullish(),
    minimumTlsVersion: z.enum(tlsVersions).nullish(),
    supportsHttpsTrafficOnly: flag,
    allowBlobPublicAccess: flag,
    allowSharedKeyAccess: flag,
    allowCrossTenantReplication: flag,
    defaultToOAuthAuthentication: flag,
    isHnsEnabled: flag,
    isNfsV3Enabled: flag,
    isLocalUserEnabled: flag,
    isSftpEnabled: flag,
    publicNetworkAccess: z.enum(["Enabled", "Disabled"]).nullish(),
    networkAcls: z
      .object({
        bypass: z.string().nullish(),
        defaultAction: z.enum(["Allow", "Deny"]),
        ipRules: z.array(z.object({ value: z.string() })).nullish(),
        virtualNetworkRules: z.array(z.object({ id: z.string() })).nullish(),
      })
      .nullish(),
    encryption: z
      .object({ requireInfrastructureEncryption: flag, keySource: z.literal("Microsoft.Storage").nullish() })
      .nullish(),
  })
  .nullish();
const sku = z.object({ name: z.enum(skuNames) });
const kind = z.enum(kinds);
const tags = z.record(z.string(), z.string()).nullish();
const put = z.object({ location: z.string(), kind, sku, tags, properties });
const patch = z.object({ kind: kind.nullish(), sku: sku.nullish(), tags, properties });

export type AccountPut = z.infer<typeof put>;
export type AccountPatch = z.infer<typeof patch>;

/** @throws ServiceError */
export const accountPut = (request: AzureRequest): AccountPut => parseBody(put, request);

/** @throws ServiceError */
export const accountPatch = (request: AzureRequest): AccountPatch => parseBody(patch, request);

/** A request's body, checked. @throws ServiceError that names the first wrong property */
export function parseBody<T>(schema: z.ZodType<T>, request: AzureRequest): T {
  const parsed = schema.safeParse(readJson(request) ?? {});
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalidValue(issue?.path.join(".") ?? "", `${issue?.message ?? ""}.`);
  }
  return parsed.data;
}

function readJson(request: AzureRequest): unknown {
  try {
    return jsonBody(request);
  } catch {
    throw invalidContent("it is not well-formed JSON");
  }
}

/** The properties of an account that is made, or of one that changes. @throws ServiceError */
export function accountProperties(
  input: NonNullable<AccountPatch["properties"]>,
  account: { readonly kind: Kind; readonly properties?: AccountProperties },
): AccountProperties {
  const present = account.properties;
  const isHnsEnabled = input.isHnsEnabled ?? present?.isHnsEnabled;
  if (present !== undefined && isHnsEnabled !== undefined && isHnsEnabled !== (present.isHnsEnabled ?? false)) {
    throw propertyCannotBeUpdated("isHnsEnabled");
  }
  if (isHnsEnabled === true && account.kind !== "StorageV2" && account.kind !== "BlockBlobStorage") {
    throw invalidValue(
      "isHnsEnabled",
      `An account of kind ${account.kind} has no hierarchical namespace; StorageV2 has.`,
    );
  }
  return withoutUndefined({
    accessTier: input.accessTier ?? present?.accessTier ?? "Hot",
    minimumTlsVersion: input.minimumTlsVersion ?? present?.minimumTlsVersion ?? "TLS1_0",
    supportsHttpsTrafficOnly: input.supportsHttpsTrafficOnly ?? present?.supportsHttpsTrafficOnly ?? true,
    allowBlobPublicAccess: input.allowBlobPublicAccess ?? present?.allowBlobPublicAccess ?? false,
    allowSharedKeyAccess: input.allowSharedKeyAccess ?? present?.allowSharedKeyAccess,
    allowCrossTenantReplication: input.allowCrossTenantReplication ?? present?.allowCrossTenantReplication ?? false,
    defaultToOAuthAuthentication: input.defaultToOAuthAuthentication ?? present?.defaultToOAuthAuthentication,
    isHnsEnabled,
    isNfsV3Enabled: input.isNfsV3Enabled ?? present?.isNfsV3Enabled,
    isLocalUserEnabled: input.isLocalUserEnabled ?? present?.isLocalUserEnabled,
    isSftpEnabled: input.isSftpEnabled ?? present?.isSftpEnabled,
    publicNetworkAccess: input.publicNetworkAccess ?? present?.publicNetworkAccess,
    networkAcls: input.networkAcls == null ? (present?.networkAcls ?? openNetwork) : networkRules(input.networkAcls),
    requireInfrastructureEncryption: infrastructureEncryption(input, present),
  });
}

/** @throws ServiceError where an account would change its tier, or its copies go across zones, which a migration does */
export function checkSkuChange(present: AccountRecord, asked: AccountPatch["sku"]): void {
  if (asked?.name === undefined) {
    return;
  }
  if (tierOf(asked.name) !== tierOf(present.sku) || isZoned(asked.name) !== isZoned(present.sku)) {
    throw propertyCannotBeUpdated("sku.name");
  }
}

const isZoned = (skuName: string): boolean => skuName.endsWith("ZRS");

export const tierOf = (skuName: string): "Standard" | "Premium" =>
  skuName.startsWith("Premium") ? "Premium" : "Standard";

function infrastructureEncryption(
  input: NonNullable<AccountPatch["properties"]>,
  present: AccountProperties | undefined,
): boolean | undefined {
  const asked = input.encryption?.requireInfrastructureEncryption ?? present?.requireInfrastructureEncryption;
  if (present !== undefined && (asked ?? false) !== (present.requireInfrastructureEncryption ?? false)) {
    throw propertyCannotBeUpdated("encryption.requireInfrastructureEncryption");
  }
  return asked;
}

/** Small ranges are refused, as Azure refuses them: one address is to be written without a prefix. */
function networkRules(input: NonNullable<NonNullable<AccountPatch["properties"]>["networkAcls"]>): NetworkRules {
  for (const { value } of input.ipRules ?? []) {
    const range = addressRange(value);
    if (range === undefined || isPrivate(value) || (value.includes("/") && range.prefix > 30)) {
      throw invalidValue(
        "networkAcls.ipRule[*].value",
        `'${value}' is not a public IPv4 address or a CIDR range of /30 or larger. For more information, see - https://aka.ms/storagenetworkruleset`,
      );
    }
  }
  return {
    bypass: input.bypass ?? "AzureServices",
    defaultAction: input.defaultAction,
    ipRules: (input.ipRules ?? []).map(({ value }) => ({ value, action: "Allow" })),
    virtualNetworkRules: (input.virtualNetworkRules ?? []).map(({ id }) => ({
      id,
      action: "Allow",
      state: "Succeeded",
    })),
  };
}

/** Leaves out what is not set, so that it is not shown either. */
function withoutUndefined(input: {
  [Key in keyof AccountProperties]-?: AccountProperties[Key] | undefined;
}): AccountProperties {
  return Object.fromEntries(
    Object.entries(input).filter(([, value]) => value !== undefined),
  ) as unknown as AccountProperties;
}
