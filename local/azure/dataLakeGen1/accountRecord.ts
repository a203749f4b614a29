/** A range of addresses that the firewall lets in. */
export interface FirewallRule {
  readonly name: string;
  readonly startIpAddress: string;
  readonly endIpAddress: string;
}

export type Switch = "Enabled" | "Disabled";

export const tiers = [
  "Consumption",
  "Commitment_1TB",
  "Commitment_10TB",
  "Commitment_100TB",
  "Commitment_500TB",
  "Commitment_1PB",
  "Commitment_5PB",
] as const;

export interface AccountProperties {
  readonly defaultGroup: string | null;
  readonly encryptionState: Switch;
  readonly encryptionType: "ServiceManaged" | "UserManaged";
  readonly keyVaultMetaInfo?: Readonly<Record<string, string>>;
  readonly firewallState: Switch;
  readonly firewallAllowAzureIps: Switch;
  readonly firewallRules: readonly FirewallRule[];
  readonly virtualNetworkRules: readonly { readonly name: string; readonly subnetId: string }[];
  readonly trustedIdProviderState: Switch;
  readonly trustedIdProviders: readonly { readonly name: string; readonly idProvider: string }[];
  readonly newTier: (typeof tiers)[number];
}

/** A Data Lake Store account, which is one file system. */
export interface AccountRecord {
  readonly id: string;
  readonly name: string;
  readonly resourceGroup: string;
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
  /** GUID that the service knows it by. */
  readonly accountId: string;
  /** Object ID of whoever made it: the owner of the root directory. */
  readonly creator: string;
  /** RFC 3339. */
  readonly createdAt: string;
  /** RFC 3339. */
  readonly modifiedAt: string;
  /** A new account has no endpoint until it has succeeded. */
  readonly provisioningState: "Creating" | "Succeeded";
  readonly properties: AccountProperties;
}
