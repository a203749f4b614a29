export const skuNames = [
  "Standard_LRS",
  "Standard_GRS",
  "Standard_RAGRS",
  "Standard_ZRS",
  "Standard_GZRS",
  "Standard_RAGZRS",
  "Premium_LRS",
  "Premium_ZRS",
] as const;
export const kinds = ["StorageV2", "BlockBlobStorage", "FileStorage", "BlobStorage", "Storage"] as const;
export const tlsVersions = ["TLS1_0", "TLS1_1", "TLS1_2", "TLS1_3"] as const;

export type SkuName = (typeof skuNames)[number];
export type Kind = (typeof kinds)[number];

export interface NetworkRules {
  readonly bypass: string;
  readonly defaultAction: "Allow" | "Deny";
  readonly ipRules: readonly { readonly value: string; readonly action: "Allow" }[];
  readonly virtualNetworkRules: readonly { readonly id: string; readonly action: "Allow"; readonly state: string }[];
}

/** What can be said of an account. Left out where the account was made without it and ARM shows no default. */
export interface AccountProperties {
  readonly accessTier: string;
  readonly minimumTlsVersion: (typeof tlsVersions)[number];
  readonly supportsHttpsTrafficOnly: boolean;
  readonly allowBlobPublicAccess: boolean;
  /** Unset means allowed. */
  readonly allowSharedKeyAccess?: boolean;
  readonly allowCrossTenantReplication: boolean;
  readonly defaultToOAuthAuthentication?: boolean;
  readonly isHnsEnabled?: boolean;
  readonly isNfsV3Enabled?: boolean;
  readonly isLocalUserEnabled?: boolean;
  readonly isSftpEnabled?: boolean;
  readonly publicNetworkAccess?: "Enabled" | "Disabled";
  readonly networkAcls: NetworkRules;
  readonly requireInfrastructureEncryption?: boolean;
}

/** A storage account. */
export interface AccountRecord {
  readonly id: string;
  readonly name: string;
  readonly resourceGroup: string;
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly kind: Kind;
  readonly sku: SkuName;
  /** RFC 3339. */
  readonly createdAt: string;
  /** A new account has no data endpoints until it has succeeded. */
  readonly provisioningState: "Creating" | "Succeeded";
  readonly properties: AccountProperties;
  /** Settings of its blob service, as they were put. */
  readonly blobService: Readonly<Record<string, unknown>>;
}

export const openNetwork: NetworkRules = {
  bypass: "AzureServices",
  defaultAction: "Allow",
  ipRules: [],
  virtualNetworkRules: [],
};
