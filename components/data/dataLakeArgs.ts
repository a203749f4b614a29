import type * as pulumi from "@pulumi/pulumi";
import type { DiagnosticsArgs } from "../protection/diagnostics";
import type { WaiverArgs } from "../policies/waivers";
import type { LifecycleRuleArgs } from "./lifecycle";

/** The two ways to a lake from inside a virtual network: clients use both of its names. */
export interface LakePrivateEndpointArgs {
  /** Resource ID of the subnet that the endpoints take their addresses in. */
  readonly subnetId: pulumi.Input<string>;
  /**
   * Resource ID of the private DNS zone `privatelink.dfs.core.windows.net`.
   * @default none: somebody else sees to the name
   */
  readonly dfsPrivateDnsZoneId?: pulumi.Input<string>;
  /**
   * Resource ID of the private DNS zone `privatelink.blob.core.windows.net`.
   * @default none: somebody else sees to the name
   */
  readonly blobPrivateDnsZoneId?: pulumi.Input<string>;
}

/** Inputs of {@link DataLake}. */
export interface DataLakeArgs {
  /**
   * Resource ID of a storage account that is there already and stays its owner's. The file systems below are made in it;
   * with none, daemons are only given roles. Nothing but fileSystems has a meaning beside it.
   * @default none: a new account
   */
  readonly accountId?: string;
  /**
   * An existing resource group. Needed for a new account.
   * @default none
   */
  readonly resourceGroupName?: pulumi.Input<string>;
  /**
   * Region in its short form, such as `westeurope`.
   * @default the provider's location
   */
  readonly location?: pulumi.Input<string>;
  /**
   * 3 to 24 small letters and digits, unique in all of Azure.
   * @default the component's name and eight digits
   */
  readonly accountName?: string;
  /**
   * Replication: Standard_LRS, Standard_ZRS, Standard_GRS, Standard_RAGRS, Standard_GZRS or Standard_RAGZRS.
   * @default "Standard_ZRS"
   */
  readonly sku?: string;
  /** Names of the file systems, one or more for a new account: 3 to 63 small letters, digits and single hyphens. */
  readonly fileSystems: string[];
  /**
   * Public IPv4 addresses or CIDR ranges from which the lake may be reached.
   * @default none: Azure's trusted services alone
   */
  readonly allowedIpRanges?: string[];
  /**
   * Resource IDs of subnets from which the lake may be reached. Each has the service endpoint `Microsoft.Storage`.
   * @default none
   */
  readonly allowedSubnetIds?: pulumi.Input<string>[];
  /**
   * Ways in from a virtual network, beside those above.
   * @default none
   */
  readonly privateEndpoint?: LakePrivateEndpointArgs;
  /**
   * What becomes of files that nobody has changed for a while.
   * @default they stay as they are
   */
  readonly lifecycle?: LifecycleRuleArgs[];
  /**
   * Days for which deleted files and file systems can be recovered, 1 to 365.
   * @default none: they are gone at once
   */
  readonly softDeleteDays?: number;
  /**
   * Unsupported: Azure keeps no versions in an account with a hierarchical namespace. true is refused.
   * @default false
   */
  readonly versioning?: boolean;
  /**
   * Keeps a log of who reads, writes and deletes, and the metrics.
   * @default none are kept
   */
  readonly diagnostics?: DiagnosticsArgs;
  /**
   * Sets a lock, so that nobody can delete the account before the lock is lifted, and nobody can delete a file system
   * through Azure Resource Manager or take a role in it away either.
   * @default false
   */
  readonly lock?: boolean;
  /**
   * Keeps this program from deleting the account, and from making it anew: such a run ends at its preview. Set it to false
   * in a run of its own before the account is to go.
   * @default false
   */
  readonly protect?: boolean;
  /**
   * Encrypts the account a second time, in the infrastructure, with another key of Azure's. Azure never lets it be changed.
   * @default false
   */
  readonly infrastructureEncryption?: boolean;
  /**
   * Violations of the policy pack that are accepted until a last day, each with its reason.
   * @default none
   */
  readonly waivers?: WaiverArgs[];
  /** Tags of the storage account and its private endpoints. */
  readonly tags?: Record<string, pulumi.Input<string>>;
}
