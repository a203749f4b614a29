import * as storage from "@pulumi/azure-native/storage";
import * as pulumi from "@pulumi/pulumi";
import { spelled } from "../checks/spelling";
import { declarePrivateEndpoint } from "../network/privateEndpoint";
import { declareDeleteLock } from "../protection/deleteLock";
import { declareDiagnostics, type DiagnosticCategories } from "../protection/diagnostics";
import { fixedOptions } from "../updates/fixedOptions";
import type { KeptPlace } from "../updates/keptInPlace";
import type { DataLakeArgs } from "./dataLakeArgs";
import { DEFAULT_LAKE_SKU } from "./lakeSkus";
import { lifecyclePolicy } from "./lifecycle";

type Options = pulumi.CustomResourceOptions & { readonly parent: pulumi.Resource };

/** Who read, wrote and deleted what, and how much. */
const KEPT: DiagnosticCategories = {
  logs: ["StorageRead", "StorageWrite", "StorageDelete"],
  metrics: ["Transaction"],
};

const DOUBLE_ENCRYPTION = {
  requireInfrastructureEncryption: true,
  keySource: storage.KeySource.Microsoft_Storage,
};

/** What lies in an account stays with it, and the account is never made anew. */
const WITH_ACCOUNT = ["resourceGroupName", "accountName"];

/** Declares a new account, with everything about it but its file systems and its lock. */
export function declareAccount(
  name: string,
  args: DataLakeArgs,
  resourceGroupName: pulumi.Input<string>,
  place: KeptPlace,
  opts: Options,
): storage.StorageAccount {
  const kept = { ...opts, ...(args.protect !== undefined && { protect: args.protect }) };
  return new storage.StorageAccount(
    name,
    {
      resourceGroupName,
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
      ...(args.infrastructureEncryption === true && { encryption: DOUBLE_ENCRYPTION }),
      networkRuleSet: {
        defaultAction: storage.DefaultAction.Deny,
        bypass: storage.Bypass.AzureServices,
        ipRules: (args.allowedIpRanges ?? []).map((range) => ({
          iPAddressOrRange: range,
          action: storage.Action.Allow,
        })),
        virtualNetworkRules: (args.allowedSubnetIds ?? []).map((id) => ({
          virtualNetworkResourceId: spelled(id),
          action: storage.Action.Allow,
        })),
      },
    },
    fixedOptions("azure-native:storage:StorageAccount", { component: "DataLake", name }, kept, place),
  );
}

/** Declares what is asked for beside the account, and last of all the lock, which is to be lifted first. */
export function declareBesides(
  name: string,
  account: storage.StorageAccount,
  args: DataLakeArgs,
  resourceGroupName: pulumi.Input<string>,
  fileSystems: readonly pulumi.Resource[],
  opts: Options,
): void {
  const place = { accountName: account.name, resourceGroupName };
  const within = { ...opts, deletedWith: account, ignoreChanges: WITH_ACCOUNT };
  const besides = [
    ...endpoints(name, account, args, resourceGroupName, opts),
    ...(args.softDeleteDays === undefined ? [] : [softDelete(name, place, args.softDeleteDays, within)]),
    ...(args.lifecycle === undefined || args.lifecycle.length === 0
      ? []
      : [
          new storage.ManagementPolicy(
            `${name}-lifecycle`,
            { ...place, managementPolicyName: "default", policy: lifecyclePolicy(args.lifecycle) },
            within,
          ),
        ]),
    ...(args.diagnostics
      ? [declareDiagnostics(name, pulumi.interpolate`${account.id}/blobServices/default`, args.diagnostics, KEPT, opts)]
      : []),
  ];
  if (args.lock === true) declareDeleteLock(name, account.id, [...besides, ...fileSystems], opts);
}

function endpoints(
  name: string,
  account: storage.StorageAccount,
  { privateEndpoint, location, tags }: DataLakeArgs,
  resourceGroupName: pulumi.Input<string>,
  opts: Options,
): pulumi.Resource[] {
  if (!privateEndpoint) return [];
  const { subnetId, dfsPrivateDnsZoneId, blobPrivateDnsZoneId } = privateEndpoint;
  const link = (group: string, privateDnsZoneId: pulumi.Input<string> | undefined): pulumi.Resource[] =>
    declarePrivateEndpoint(
      name,
      {
        group,
        resourceId: account.id,
        resourceGroupName,
        ...(location !== undefined && { location }),
        ...(tags && { tags }),
        subnetId,
        ...(privateDnsZoneId !== undefined && { privateDnsZoneId }),
      },
      opts,
    );
  return [...link("dfs", dfsPrivateDnsZoneId), ...link("blob", blobPrivateDnsZoneId)];
}

function softDelete(
  name: string,
  place: { readonly accountName: pulumi.Input<string>; readonly resourceGroupName: pulumi.Input<string> },
  days: number,
  opts: Options,
): storage.BlobServiceProperties {
  const policy = { enabled: true, days };
  return new storage.BlobServiceProperties(
    `${name}-soft-delete`,
    {
      ...place,
      blobServicesName: "default",
      deleteRetentionPolicy: policy,
      containerDeleteRetentionPolicy: policy,
    },
    opts,
  );
}
