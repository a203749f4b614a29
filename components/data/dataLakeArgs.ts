import type * as pulumi from "@pulumi/pulumi";
import type { DiagnosticsArgs } from "../protection/diagnostics";
import type { WaiverArgs } from "../policies/waivers";
import type { LifecycleRuleArgs } from "./lifecycle";

/** The private endpoints of a lake in a virtual network, one for each of its two host names: clients use both. */
export interface LakePrivateEndpointArgs {
  /** Resource ID of the endpoints' subnet. */
  readonly subnetId: pulumi.Input<string>;
  /**
   * Resource ID of the private DNS zone `privatelink.dfs.core.windows.net`.
   * @default none: the DNS record is managed elsewhere
   */
  readonly dfsPrivateDnsZoneId?: pulumi.Input<string>;
  /**
   * Resource ID of the private DNS zone `privatelink.blob.core.windows.net`.
   * @default none: the DNS record is managed elsewhere
   */
  readonly blobPrivateDnsZoneId?: pulumi.Input<string>;
}

/** Inputs of {@link DataLake}. */
export interface DataLakeArgs {
  /**
   * Resource ID of an existing storage account, which is never changed. The file systems below are created in it; with none,
   * daemons only get roles. Of the other inputs, only fileSystems may be given with it.
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
   * 3 to 24 lowercase letters and digits, unique in all of Azure.
   * @default the component's name and eight digits
   */
  readonly accountName?: string;
  /**
   * Replication: Standard_LRS, Standard_ZRS, Standard_GRS, Standard_RAGRS, Standard_GZRS or Standard_RAGZRS.
   * @default "Standard_ZRS"
   */
  readonly sku?: string;
  /** Names of the file systems, one or more for a new account: 3 to 63 lowercase letters, digits and single hyphens. */
  readonly fileSystems: string[];
  /**
   * Public IPv4 addresses or CIDR ranges from which the lake may be reached.
   * @default none: trusted Azure services only
   */
  readonly allowedIpRanges?: string[];
  /**
   * Resource IDs of subnets from which the lake may be reached. Each has the service endpoint `Microsoft.Storage`.
   * @default none
   */
  readonly allowedSubnetIds?: pulumi.Input<string>[];
  /**
   * Private endpoints in a virtual network, in addition to the networks above.
   * @default none
   */
  readonly privateEndpoint?: LakePrivateEndpointArgs;
  /**
   * What happens to files that have not changed for some time.
   * @default none
   */
  readonly lifecycle?: LifecycleRuleArgs[];
  /**
   * Days in which deleted files and file systems can be recovered, 1 to 365.
   * @default none: they cannot be recovered
   */
  readonly softDeleteDays?: number;
  /**
   * Unsupported: Azure keeps no versions in an account with a hierarchical namespace. true is refused.
   * @default false
   */
  readonly versioning?: boolean;
  /**
   * Keeps a log of reads, writes and deletions, and the metrics.
   * @default none
   */
  readonly diagnostics?: DiagnosticsArgs;
  /**
   * Sets a lock: until it is removed, nobody can delete the account, delete a file system through Azure Resource Manager, or
   * remove a role in it.
   * @default false
   */
  readonly lock?: boolean;
  /**
   * Prevents this program from deleting or replacing the account: such a run fails at preview. Before the account is to be
   * deleted, set it to false in a run of its own.
   * @default false
   */
  readonly protect?: boolean;
  /**
   * Encrypts the account a second time, in the infrastructure, with another key of Azure's. Cannot be changed later.
   * @default false
   */
  readonly infrastructureEncryption?: boolean;
  /**
   * Violations of the policy pack that are accepted until a date, each with its reason.
   * @default none
   */
  readonly waivers?: WaiverArgs[];
  /** Tags of the storage account and its private endpoints. */
  readonly tags?: Record<string, pulumi.Input<string>>;
}
