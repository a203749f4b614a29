import { z } from "zod";
import { contentOf } from "../arm/jsonContent";
import type { AzureRequest } from "../http/message";
import { addressRange } from "../network/addressRange";
import { tiers, type AccountProperties, type AccountRecord } from "./accountRecord";
import { encryptionCannotChange, invalidFirewallRule } from "./managementErrors";

const state = z.enum(["Enabled", "Disabled"]).nullish();
const named = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.array(z.object({ name: z.string(), properties: z.object(shape) })).nullish();

const properties = z
  .object({
    defaultGroup: z.string().nullish(),
    encryptionState: state,
    encryptionConfig: z
      .object({
        type: z.enum(["ServiceManaged", "UserManaged"]).nullish(),
        keyVaultMetaInfo: z.record(z.string(), z.string()).nullish(),
      })
      .nullish(),
    firewallState: state,
    firewallAllowAzureIps: state,
    firewallRules: named({ startIpAddress: z.string(), endIpAddress: z.string() }),
    virtualNetworkRules: named({ subnetId: z.string() }),
    trustedIdProviderState: state,
    trustedIdProviders: named({ idProvider: z.string() }),
    newTier: z.enum(tiers).nullish(),
  })
  .nullish();
const tags = z.record(z.string(), z.string()).nullish();
const put = z.object({ location: z.string(), tags, properties });
const patch = z.object({ tags, properties });

export type AccountPut = z.infer<typeof put>;
export type AccountPatch = z.infer<typeof patch>;

/** @throws ServiceError */
export const accountPut = (request: AzureRequest): AccountPut => contentOf(request, put);

/** @throws ServiceError */
export const accountPatch = (request: AzureRequest): AccountPatch => contentOf(request, patch);

/** The properties of an account that is made, or of one that changes. @throws ServiceError */
export function accountProperties(
  input: NonNullable<AccountPatch["properties"]>,
  present?: AccountRecord["properties"],
): AccountProperties {
  const encryptionState = input.encryptionState ?? present?.encryptionState ?? "Enabled";
  const encryptionType = input.encryptionConfig?.type ?? present?.encryptionType ?? "ServiceManaged";
  if (present && (encryptionState !== present.encryptionState || encryptionType !== present.encryptionType)) {
    throw encryptionCannotChange();
  }
  const keyVaultMetaInfo = input.encryptionConfig?.keyVaultMetaInfo ?? present?.keyVaultMetaInfo;
  return {
    defaultGroup: input.defaultGroup ?? present?.defaultGroup ?? null,
    encryptionState,
    encryptionType,
    ...(keyVaultMetaInfo && { keyVaultMetaInfo }),
    firewallState: input.firewallState ?? present?.firewallState ?? "Disabled",
    firewallAllowAzureIps: input.firewallAllowAzureIps ?? present?.firewallAllowAzureIps ?? "Disabled",
    firewallRules: flat(input.firewallRules)?.map(checkedRule) ?? present?.firewallRules ?? [],
    virtualNetworkRules: flat(input.virtualNetworkRules) ?? present?.virtualNetworkRules ?? [],
    trustedIdProviderState: input.trustedIdProviderState ?? present?.trustedIdProviderState ?? "Disabled",
    trustedIdProviders: flat(input.trustedIdProviders) ?? present?.trustedIdProviders ?? [],
    newTier: input.newTier ?? present?.newTier ?? "Consumption",
  };
}

const flat = <T extends object>(
  items: readonly { readonly name: string; readonly properties: T }[] | null | undefined,
): ({ readonly name: string } & T)[] | undefined =>
  items?.map(({ name, properties: inner }) => ({ name, ...inner })) ?? undefined;

function checkedRule<T extends AccountProperties["firewallRules"][number]>(rule: T): T {
  const first = addressRange(rule.startIpAddress)?.first;
  const last = addressRange(rule.endIpAddress)?.first;
  if (first === undefined || last === undefined || last < first) {
    throw invalidFirewallRule(rule.name, rule.startIpAddress, rule.endIpAddress);
  }
  return rule;
}
