import { tenant } from "../landingZone/layout";
import type { AccountRecord } from "./accountRecord";

/** An account as a list shows it. */
export function accountSummary(account: AccountRecord): object {
  const { id, name, location, tags, provisioningState, accountId, createdAt, modifiedAt } = account;
  const isReady = provisioningState === "Succeeded";
  return {
    properties: {
      provisioningState,
      state: isReady ? "Active" : null,
      endpoint: isReady ? endpoint(name) : null,
      accountId,
      creationTime: createdAt,
      lastModifiedTime: modifiedAt,
    },
    location,
    tags,
    id,
    name,
    type: "Microsoft.DataLakeStore/accounts",
  };
}

/** An account as ARM shows it alone. */
export function accountView(account: AccountRecord): object {
  const { firewallRules, virtualNetworkRules, trustedIdProviders, encryptionType, keyVaultMetaInfo, ...shown } =
    account.properties;
  const nested = (type: string) =>
    function item({ name, ...properties }: { readonly name: string }): object {
      const id = `${account.id}/${type}/${name}`;
      return { properties, id, name, type: `Microsoft.DataLakeStore/accounts/${type}` };
    };
  const summary = accountSummary(account) as { readonly properties: object };
  return {
    ...summary,
    properties: {
      ...shown,
      firewallRules: firewallRules.map(nested("firewallRules")),
      virtualNetworkRules: virtualNetworkRules.map(nested("virtualNetworkRules")),
      trustedIdProviders: trustedIdProviders.map(nested("trustedIdProviders")),
      encryptionConfig: { type: encryptionType, ...(keyVaultMetaInfo && { keyVaultMetaInfo }) },
      currentTier: shown.newTier,
      ...summary.properties,
    },
    identity: { type: "SystemAssigned", principalId: account.accountId, tenantId: tenant.id },
  };
}

export const endpoint = (name: string): string => `${name}.azuredatalakestore.net`;
