import * as datalakestore from "@pulumi/azure-native/datalakestore";
import { fixedOptions } from "../updates/fixedOptions";
import type { KeptPlace } from "../updates/keptInPlace";
import type * as pulumi from "@pulumi/pulumi";
import { rangeEnds } from "../checks/addresses";

/** The inputs of a new account, checked. */
export interface NewAccountArgs {
  readonly resourceGroupName: pulumi.Input<string>;
  readonly location?: pulumi.Input<string>;
  readonly accountName?: string;
  readonly allowedIpRanges?: readonly string[];
  readonly tags?: Record<string, pulumi.Input<string>>;
}

/** Declares an encrypted account that is closed to every network that isn't named. */
export function declareLakeStoreAccount(
  name: string,
  args: NewAccountArgs,
  place: KeptPlace,
  opts: pulumi.CustomResourceOptions,
): datalakestore.Account {
  return new datalakestore.Account(
    name,
    {
      resourceGroupName: args.resourceGroupName,
      ...(args.location !== undefined && { location: args.location }),
      ...(args.accountName !== undefined && { accountName: args.accountName }),
      ...(args.tags !== undefined && { tags: args.tags }),
      encryptionState: datalakestore.EncryptionState.Enabled,
      encryptionConfig: { type: datalakestore.EncryptionConfigType.ServiceManaged },
      firewallState: datalakestore.FirewallState.Enabled,
      firewallAllowAzureIps: datalakestore.FirewallAllowAzureIpsState.Disabled,
      firewallRules: (args.allowedIpRanges ?? []).map((range) => ({
        name: `allow-${range.replace(/[./]/g, "-")}`,
        ...rangeEnds(range),
      })),
      trustedIdProviderState: datalakestore.TrustedIdProviderState.Disabled,
    },
    fixedOptions("azure-native:datalakestore:Account", { component: "DataLakeGen1", name }, opts, place),
  );
}
