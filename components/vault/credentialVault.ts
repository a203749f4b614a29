import * as keyvault from "@pulumi/azure-native/keyvault";
import * as pulumi from "@pulumi/pulumi";
import { deployer } from "../access/deployer";
import { ipRange } from "../checks/addresses";
import { checkWaivers, type WaiverArgs, waiverInputs } from "../policies/waivers";
import { Problems } from "../checks/argumentError";
import { privateDnsZoneId, subnetId, tenantId } from "../checks/identifiers";
import { autonamedVault, location, resourceGroupName, vaultName } from "../checks/names";
import { spelled } from "../checks/spelling";
import { wholeNumber } from "../checks/numbers";
import { write } from "../checks/refusal";
import { declarePrivateEndpoint, privateEndpointOwner } from "../network/privateEndpoint";
import { declareDeleteLock, deleteLockOwner } from "../protection/deleteLock";
import {
  checkDiagnostics,
  declareDiagnostics,
  type DiagnosticCategories,
  type DiagnosticsArgs,
} from "../protection/diagnostics";
import { fixedOptions } from "../updates/fixedOptions";
import { KeptPlace, rememberStanding } from "../updates/keptInPlace";
import { rememberVault } from "./vaultIdentity";

export const DEFAULT_RETENTION_DAYS = 90;

/** Azure's limits. */
export const retentionDays = wholeNumber(7, DEFAULT_RETENTION_DAYS, "days");

/** Key Vault's limits: Azure Key Vault, "Network security", "Important considerations". */
const MOST_IP_RULES = 1000;
const MOST_SUBNETS = 200;

export const vaultDnsZoneId = privateDnsZoneId("privatelink.vaultcore.azure.net");

/** Who read which secret and when, and how the vault does. */
const KEPT: DiagnosticCategories = { logs: ["AuditEvent"], metrics: ["AllMetrics"] };

/** The private endpoint of a vault in a virtual network. */
export interface VaultPrivateEndpointArgs {
  /** Resource ID of the endpoint's subnet. */
  readonly subnetId: pulumi.Input<string>;
  /**
   * Resource ID of the private DNS zone `privatelink.vaultcore.azure.net`, in which the vault's name is to lead to the
   * endpoint.
   * @default none: the DNS record is managed elsewhere
   */
  readonly privateDnsZoneId?: pulumi.Input<string>;
}

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
   * Recovers the deleted vault of this name with its contents, instead of creating a new one. Needs vaultName. Azure recovers
   * it with the settings it had: remove this after that run, and the next run applies the settings given here.
   * @default false
   */
  readonly recover?: boolean;
  /**
   * Days in which deleted secrets and a deleted vault can be recovered, 7 to 90. Cannot be changed later.
   * @default 90
   */
  readonly retentionDays?: number;
  /**
   * Public IPv4 addresses or CIDR ranges from which the vault's secrets may be read.
   * @default none: trusted Azure services only
   */
  readonly allowedIpRanges?: string[];
  /**
   * Resource IDs of subnets from which the vault's secrets may be read. Each has the service endpoint
   * `Microsoft.KeyVault`.
   * @default none
   */
  readonly allowedSubnetIds?: pulumi.Input<string>[];
  /**
   * A private endpoint in a virtual network, in addition to the networks above.
   * @default none
   */
  readonly privateEndpoint?: VaultPrivateEndpointArgs;
  /**
   * Keeps the audit log, which records who read which secret, and the metrics.
   * @default none
   */
  readonly diagnostics?: DiagnosticsArgs;
  /**
   * Sets a lock: until it is removed, nobody can delete the vault or remove a reader's role.
   * @default false
   */
  readonly lock?: boolean;
  /**
   * Prevents this program from deleting or replacing the vault: such a run fails at preview. Before the vault is to be
   * deleted, set it to false in a run of its own.
   * @default false
   */
  readonly protect?: boolean;
  /**
   * Violations of the policy pack that are accepted until a date, each with its reason.
   * @default none
   */
  readonly waivers?: WaiverArgs[];
  /** Tags of the vault and its private endpoint. */
  readonly tags?: Record<string, pulumi.Input<string>>;
}

type Children = pulumi.CustomResourceOptions & { readonly parent: pulumi.Resource };

/**
 * A vault for credentials: access by roles only, deleted secrets are recoverable and can't be purged early, and only
 * the configured networks have access.
 *
 * @remarks
 * For an existing vault, use the function `existingVault`.
 *
 * @resource <name> | azure-native.keyvault.Vault | always
 * @resource <name>-vault-endpoint | azure-native.network.PrivateEndpoint | with `privateEndpoint`
 * @resource <name>-vault-dns | azure-native.network.PrivateDnsZoneGroup | with the zone of `privateEndpoint`
 * @resource <name>-diagnostics | azure-native.monitor.DiagnosticSetting | with `diagnostics`
 * @resource <name>-lock | azure-native.authorization.ManagementLockByScope | with `lock`
 * @see docs/how-to/delivery.md
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
    super("azure-daemon-access:index:CredentialVault", name, waiverInputs(args.waivers), opts);
    const problems = new Problems("CredentialVault", name);
    problems.requirePlain(args);
    check(problems, name, args);
    problems.throwIfAny();

    const children = { parent: this };
    const { resourceGroupName, location: region } = args;
    const place = new KeptPlace(problems, {
      resourceGroupName,
      name: args.vaultName,
      input: "vaultName",
      location: region,
    });
    const kept = { ...children, ...(args.protect !== undefined && { protect: args.protect }) };
    const vault = new keyvault.Vault(
      name,
      vaultArgs(args, args.tenantId ?? deployer(this).tenantId),
      fixedOptions("azure-native:keyvault:Vault", { component: "CredentialVault", name }, kept, place),
    );
    this.vaultId = place.idOf(vault);
    const dependsOn = place.standing(this.vaultId);
    rememberStanding(this, dependsOn);
    const beside = { ...children, dependsOn };
    const besides = [...this.endpoint(name, vault, args, beside), ...this.diagnostics(name, vault, args, beside)];
    if (args.lock === true) declareDeleteLock(name, vault.id, besides, beside);
    rememberVault(this, vault, args.lock === true);

    this.vaultName = vault.name;
    this.vaultUri = vault.properties.apply((properties) => properties.vaultUri);
    this.resourceGroupName = pulumi.output(resourceGroupName);
    this.registerOutputs({ vaultName: this.vaultName, vaultUri: this.vaultUri });
  }

  private endpoint(name: string, vault: keyvault.Vault, args: CredentialVaultArgs, opts: Children): pulumi.Resource[] {
    const { privateEndpoint, resourceGroupName, location, tags } = args;
    if (!privateEndpoint) return [];
    const place = { resourceGroupName, ...(location !== undefined && { location }), ...(tags && { tags }) };
    const link = { ...place, ...privateEndpoint, group: "vault", resourceId: vault.id };
    return declarePrivateEndpoint(name, link, opts);
  }

  private diagnostics(
    name: string,
    vault: keyvault.Vault,
    { diagnostics }: CredentialVaultArgs,
    opts: Children,
  ): pulumi.Resource[] {
    return diagnostics ? [declareDiagnostics(name, vault.id, diagnostics, KEPT, opts)] : [];
  }
}

function vaultArgs(args: CredentialVaultArgs, tenant: pulumi.Input<string>): keyvault.VaultArgs {
  return {
    resourceGroupName: args.resourceGroupName,
    ...(args.location !== undefined && { location: args.location }),
    ...(args.vaultName !== undefined && { vaultName: args.vaultName }),
    ...(args.tags !== undefined && { tags: args.tags }),
    properties: {
      ...(args.recover === true && { createMode: keyvault.CreateMode.Recover }),
      tenantId: spelled(tenant),
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
        virtualNetworkRules: (args.allowedSubnetIds ?? []).map((id) => ({ id: spelled(id) })),
      },
    },
  };
}

function check(problems: Problems, name: string, args: CredentialVaultArgs): void {
  problems.checkInput("resourceGroupName", args.resourceGroupName, resourceGroupName);
  problems.checkInput("location", args.location, location);
  problems.checkInput("tenantId", args.tenantId, tenantId);
  if (args.vaultName === undefined) problems.check("name", name, autonamedVault);
  problems.checkOptional("vaultName", args.vaultName, vaultName);
  if (args.recover === true && args.vaultName === undefined) {
    const needed = "the name of the deleted vault, because recover brings back the one of that name";
    problems.refuse("vaultName", undefined, { needed, fix: write("kv-daemons") });
  }
  problems.checkOptional("retentionDays", args.retentionDays, retentionDays);
  problems.checkEach("allowedIpRanges", args.allowedIpRanges, ipRange);
  args.allowedSubnetIds?.forEach((id, index) => {
    problems.checkInput(`allowedSubnetIds[${index}]`, id, subnetId);
  });
  problems.checkTags("tags", args.tags);
  problems.checkCount("allowedIpRanges", args.allowedIpRanges, MOST_IP_RULES, "ranges");
  problems.checkCount("allowedSubnetIds", args.allowedSubnetIds, MOST_SUBNETS, "subnets");
  problems.checkDistinct("allowedIpRanges", args.allowedIpRanges, "each range once");
  problems.checkDistinct("allowedSubnetIds", args.allowedSubnetIds, "each subnet once");
  if (args.privateEndpoint) problems.check("name", name, privateEndpointOwner(["vault"]));
  if (args.lock === true) problems.check("name", name, deleteLockOwner);
  problems.checkInput("privateEndpoint.subnetId", args.privateEndpoint?.subnetId, subnetId);
  problems.checkInput("privateEndpoint.privateDnsZoneId", args.privateEndpoint?.privateDnsZoneId, vaultDnsZoneId);
  if (args.diagnostics) checkDiagnostics(problems, "diagnostics.", args.diagnostics);
  checkWaivers(problems, args.waivers);
}
