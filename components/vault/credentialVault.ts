import * as keyvault from "@pulumi/azure-native/keyvault";
import * as pulumi from "@pulumi/pulumi";
import { deployer } from "../access/deployer";
import { ipRange } from "../checks/addresses";
import { Problems } from "../checks/argumentError";
import { subnetId, tenantId } from "../checks/identifiers";
import { autonamedVault, location, resourceGroupName, vaultName } from "../checks/names";
import { wholeNumber } from "../checks/numbers";
import { rememberVault } from "./vaultIdentity";

export const DEFAULT_RETENTION_DAYS = 90;

/** Azure's limits. */
export const retentionDays = wholeNumber(7, DEFAULT_RETENTION_DAYS, "days");

/** Inputs of {@link CredentialVault}. */
export interface CredentialVaultArgs {
  /** An existing resource group. */
  readonly resourceGroupName: pulumi.Input<string>;
  /**
   * Region in its short form, such as `westeurope`.
   * @default the provider's location
   */
  readonly location?: pulumi.Input<string>;
  /**
   * Directory (tenant) ID whose identities may use the vault.
   * @default the deployer's tenant
   */
  readonly tenantId?: pulumi.Input<string>;
  /**
   * 3 to 24 letters, digits and hyphens, unique in all of Azure.
   * @default the component's name and eight digits
   */
  readonly vaultName?: string;
  /**
   * Days for which deleted secrets and a deleted vault can be recovered, 7 to 90. Azure never lets it be changed.
   * @default 90
   */
  readonly retentionDays?: number;
  /**
   * Public IPv4 addresses or CIDR ranges from which the vault's secrets may be read.
   * @default none: Azure's trusted services alone
   */
  readonly allowedIpRanges?: string[];
  /**
   * Resource IDs of subnets from which the vault's secrets may be read.
   * @default none
   */
  readonly allowedSubnetIds?: pulumi.Input<string>[];
  /** Tags of the vault. */
  readonly tags?: Record<string, pulumi.Input<string>>;
}

/**
 * A vault for credentials: access by roles alone, deleted secrets kept, no purge before their time, closed to every
 * network that isn't named.
 *
 * @example
 * ```ts
 * const vault = new CredentialVault("kv-daemons", {
 *   resourceGroupName: "rg-daemons",
 *   allowedIpRanges: ["203.0.113.0/24"],
 * });
 * ```
 */
export class CredentialVault extends pulumi.ComponentResource {
  /** Resource ID. */
  public readonly vaultId: pulumi.Output<string>;
  /** Name. */
  public readonly vaultName: pulumi.Output<string>;
  /** `https://<vault>.vault.azure.net/`. */
  public readonly vaultUri: pulumi.Output<string>;
  /** The resource group as given. */
  public readonly resourceGroupName: pulumi.Output<string>;

  /** @throws ArgumentError that lists every problem of the arguments. */
  constructor(name: string, args: CredentialVaultArgs, opts?: pulumi.ComponentResourceOptions) {
    super("azure-daemon-access:index:CredentialVault", name, {}, opts);
    const problems = new Problems("CredentialVault", name);
    check(problems, name, args);
    problems.throwIfAny();

    const vault = new keyvault.Vault(
      name,
      {
        resourceGroupName: args.resourceGroupName,
        ...(args.location !== undefined && { location: args.location }),
        ...(args.vaultName !== undefined && { vaultName: args.vaultName }),
        ...(args.tags !== undefined && { tags: args.tags }),
        properties: {
          tenantId: args.tenantId ?? deployer(this).tenantId,
          sku: { family: keyvault.SkuFamily.A, name: keyvault.SkuName.Standard },
          enableRbacAuthorization: true,
          enableSoftDelete: true,
          softDeleteRetentionInDays: args.retentionDays ?? DEFAULT_RETENTION_DAYS,
          enablePurgeProtection: true,
          enabledForDeployment: false,
          enabledForDiskEncryption: false,
          enabledForTemplateDeployment: false,
          networkAcls: {
            defaultAction: keyvault.NetworkRuleAction.Deny,
            bypass: keyvault.NetworkRuleBypassOptions.AzureServices,
            ipRules: (args.allowedIpRanges ?? []).map((value) => ({ value })),
            virtualNetworkRules: (args.allowedSubnetIds ?? []).map((id) => ({ id })),
          },
        },
      },
      { parent: this },
    );
    rememberVault(this, vault);

    this.vaultId = vault.id;
    this.vaultName = vault.name;
    this.vaultUri = vault.properties.apply((properties) => properties.vaultUri);
    this.resourceGroupName = pulumi.output(args.resourceGroupName);
    this.registerOutputs({ vaultName: this.vaultName, vaultUri: this.vaultUri });
  }
}

function check(problems: Problems, name: string, args: CredentialVaultArgs): void {
  problems.checkInput("resourceGroupName", args.resourceGroupName, resourceGroupName);
  problems.checkInput("location", args.location, location);
  problems.checkInput("tenantId", args.tenantId, tenantId);
  if (args.vaultName === undefined) problems.check("name", name, autonamedVault);
  problems.checkOptional("vaultName", args.vaultName, vaultName);
  problems.checkOptional("retentionDays", args.retentionDays, retentionDays);
  problems.checkEach("allowedIpRanges", args.allowedIpRanges, ipRange);
  args.allowedSubnetIds?.forEach((id, index) => {
    problems.checkInput(`allowedSubnetIds[${index}]`, id, subnetId);
  });
}
