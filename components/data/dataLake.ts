import * as storage from "@pulumi/azure-native/storage";
import * as pulumi from "@pulumi/pulumi";
import { ipRange } from "../checks/addresses";
import { Problems } from "../checks/argumentError";
import { subnetId } from "../checks/identifiers";
import {
  autonamedStorageAccount,
  fileSystemName,
  location,
  resourceGroupName,
  storageAccountName,
} from "../checks/names";
import { firstRepeated, oneOf } from "../checks/oneOf";
import { write } from "../checks/refusal";
import { rememberFileSystems } from "./lakeIdentity";

/** Three copies in three zones of one region. */
export const DEFAULT_LAKE_SKU = "Standard_ZRS";

/** Replication kinds that a lake with a hierarchical namespace can have. */
export const lakeSkus = [
  "Standard_LRS",
  "Standard_ZRS",
  "Standard_GRS",
  "Standard_RAGRS",
  "Standard_GZRS",
  "Standard_RAGZRS",
] as const;

export const lakeSku = oneOf("a replication kind", lakeSkus);

/** Inputs of {@link DataLake}. */
export interface DataLakeArgs {
  /** An existing resource group. */
  readonly resourceGroupName: pulumi.Input<string>;
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
  /** Names of the file systems, one or more: 3 to 63 small letters, digits and single hyphens. */
  readonly fileSystems: string[];
  /**
   * Public IPv4 addresses or CIDR ranges from which the lake may be reached.
   * @default none: Azure's trusted services alone
   */
  readonly allowedIpRanges?: string[];
  /**
   * Resource IDs of subnets from which the lake may be reached.
   * @default none
   */
  readonly allowedSubnetIds?: pulumi.Input<string>[];
  /** Tags of the storage account. */
  readonly tags?: Record<string, pulumi.Input<string>>;
}

/**
 * A data lake (Data Lake Storage Gen2) and its file systems: Entra ID alone signs in, over TLS 1.2 and from named
 * networks.
 *
 * @example
 * ```ts
 * const lake = new DataLake("stdaemons", { resourceGroupName: "rg-daemons", fileSystems: ["forecasts"] });
 * ```
 */
export class DataLake extends pulumi.ComponentResource {
  /** Resource ID of the storage account. */
  public readonly accountId: pulumi.Output<string>;
  /** Name of the storage account. */
  public readonly accountName: pulumi.Output<string>;
  /** `https://<account>.dfs.core.windows.net/`. */
  public readonly url: pulumi.Output<string>;
  /** Names of the file systems. */
  public readonly fileSystems: pulumi.Output<string[]>;

  /** @throws ArgumentError that lists every problem of the arguments. */
  constructor(name: string, args: DataLakeArgs, opts?: pulumi.ComponentResourceOptions) {
    super("azure-daemon-access:index:DataLake", name, {}, opts);
    const problems = new Problems("DataLake", name);
    check(problems, name, args);
    problems.throwIfAny();

    const account = declareAccount(name, args, { parent: this });
    const fileSystem = (fileSystemName: string): storage.BlobContainer =>
      new storage.BlobContainer(
        `${name}-${fileSystemName}`,
        {
          resourceGroupName: args.resourceGroupName,
          accountName: account.name,
          containerName: fileSystemName,
          publicAccess: storage.PublicAccess.None,
        },
        { parent: this, deletedWith: account },
      );
    rememberFileSystems(this, new Map(args.fileSystems.map((each) => [each, fileSystem(each)])));

    this.accountId = account.id;
    this.accountName = account.name;
    this.url = pulumi.interpolate`https://${account.name}.dfs.core.windows.net/`;
    this.fileSystems = pulumi.output(args.fileSystems);
    this.registerOutputs({ accountName: this.accountName, url: this.url });
  }
}

function declareAccount(name: string, args: DataLakeArgs, opts: pulumi.CustomResourceOptions): storage.StorageAccount {
  return new storage.StorageAccount(
    name,
    {
      resourceGroupName: args.resourceGroupName,
      ...(args.location !== undefined && { location: args.location }),
      ...(args.accountName !== undefined && { accountName: args.accountName }),
      ...(args.tags !== undefined && { tags: args.tags }),
      kind: storage.Kind.StorageV2,
      sku: { name: args.sku ?? DEFAULT_LAKE_SKU },
      isHnsEnabled: true,
      minimumTlsVersion: storage.MinimumTlsVersion.TLS1_2,
      enableHttpsTrafficOnly: true,
      allowBlobPublicAccess: false,
      allowSharedKeyAccess: false,
      defaultToOAuthAuthentication: true,
      allowCrossTenantReplication: false,
      isLocalUserEnabled: false,
      isSftpEnabled: false,
      networkRuleSet: {
        defaultAction: storage.DefaultAction.Deny,
        bypass: storage.Bypass.AzureServices,
        ipRules: (args.allowedIpRanges ?? []).map((range) => ({
          iPAddressOrRange: range,
          action: storage.Action.Allow,
        })),
        virtualNetworkRules: (args.allowedSubnetIds ?? []).map((id) => ({
          virtualNetworkResourceId: id,
          action: storage.Action.Allow,
        })),
      },
    },
    opts,
  );
}

function check(problems: Problems, name: string, args: DataLakeArgs): void {
  problems.checkInput("resourceGroupName", args.resourceGroupName, resourceGroupName);
  problems.checkInput("location", args.location, location);
  if (args.accountName === undefined) problems.check("name", name, autonamedStorageAccount);
  problems.checkOptional("accountName", args.accountName, storageAccountName);
  problems.checkOptional("sku", args.sku, lakeSku);
  if (args.fileSystems.length === 0) {
    problems.refuse("fileSystems", undefined, { needed: "one file system or more", fix: write("forecasts") });
  }
  problems.checkEach("fileSystems", args.fileSystems, fileSystemName);
  const repeated = firstRepeated(args.fileSystems);
  if (repeated) {
    const needed = "each file system once";
    problems.refuse(`fileSystems[${repeated.index}]`, repeated.word, { needed, fix: "Remove one of them." });
  }
  problems.checkEach("allowedIpRanges", args.allowedIpRanges, ipRange);
  args.allowedSubnetIds?.forEach((id, index) => {
    problems.checkInput(`allowedSubnetIds[${index}]`, id, subnetId);
  });
}
