import type { SystemData } from "../arm/systemData";

export interface AccessPolicy {
  readonly tenantId: string;
  readonly objectId: string;
  readonly permissions: {
    readonly secrets?: readonly string[];
    readonly keys?: readonly string[];
    readonly certificates?: readonly string[];
  };
}

export interface NetworkAcls {
  readonly bypass: "AzureServices" | "None";
  readonly defaultAction: "Allow" | "Deny";
  readonly ipRules: readonly { readonly value: string }[];
  readonly virtualNetworkRules: readonly { readonly id: string }[];
}

export interface VaultProperties {
  readonly sku: { readonly family: "A"; readonly name: "standard" | "premium" };
  readonly tenantId: string;
  readonly accessPolicies: readonly AccessPolicy[];
  readonly enabledForDeployment: boolean;
  readonly enabledForDiskEncryption?: boolean;
  readonly enabledForTemplateDeployment?: boolean;
  readonly enableSoftDelete: true;
  readonly softDeleteRetentionInDays: number;
  readonly enableRbacAuthorization: boolean;
  /** Absent where it is off; it never goes off again. */
  readonly enablePurgeProtection?: true;
  readonly networkAcls?: NetworkAcls;
  readonly publicNetworkAccess: "Enabled" | "Disabled";
}

/** A vault, live or soft-deleted. */
export interface VaultRecord {
  readonly id: string;
  readonly name: string;
  readonly resourceGroup: string;
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly properties: VaultProperties;
  readonly systemData: SystemData;
  /** Set while the vault is soft-deleted; RFC 3339. */
  readonly deletion?: { readonly date: string; readonly scheduledPurge: string };
}

/** "Recoverable" and its kin: what can become of the vault's deleted secrets. */
export function recoveryLevel({ properties }: VaultRecord): string {
  const base = properties.softDeleteRetentionInDays < maximumRetentionDays ? "CustomizedRecoverable" : "Recoverable";
  return properties.enablePurgeProtection === true ? base : `${base}+Purgeable`;
}

export const minimumRetentionDays = 7;
export const maximumRetentionDays = 90;
