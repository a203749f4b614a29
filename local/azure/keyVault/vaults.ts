import { connectionsTo } from "../arm/network/privateLink";
import { touch } from "../arm/systemData";
import type { Cloud } from "../cloud";
import { identities, resourceGroupId, tenant } from "../landingZone/layout";
import type { Collection } from "../store/store";
import { VaultAuthorities } from "./certificates/authorities";
import { VaultCertificates } from "./certificates/certificates";
import { VaultKeys } from "./keys/keys";
import { VaultSecrets } from "./secrets";
import { maximumRetentionDays, type VaultRecord } from "./vaultRecord";
import { vaultView } from "./vaultView";

const day = 24 * 60 * 60 * 1000;
const hostSuffix = ".vault.azure.net";

/** Every vault, live and soft-deleted. Names are unique in all of Azure, in any letter case. */
export class Vaults {
  private readonly records: Collection<VaultRecord>;

  constructor(private readonly cloud: Cloud) {
    this.records = cloud.store.collection<VaultRecord>("vaults");
  }

  live(name: string): VaultRecord | undefined {
    const record = this.find(name);
    return record?.deletion === undefined ? record : undefined;
  }

  deleted(name: string): VaultRecord | undefined {
    const record = this.find(name);
    return record?.deletion === undefined ? undefined : record;
  }

  /** The live vault of a host name such as `kv-daemons.vault.azure.net`. */
  atHost(host: string): VaultRecord | undefined {
    return host.endsWith(hostSuffix) ? this.live(host.slice(0, -hostSuffix.length)) : undefined;
  }

  allLive(): VaultRecord[] {
    return this.sorted().filter(({ deletion }) => deletion === undefined);
  }

  allDeleted(): VaultRecord[] {
    return this.sorted().filter(({ name }) => this.deleted(name) !== undefined);
  }

  save(record: VaultRecord): void {
    this.records.set(record.name.toLowerCase(), record);
  }

  /** Deletes a vault softly: its name and its secrets stay until the retention ends. */
  delete(record: VaultRecord): void {
    const now = this.cloud.clock.now();
    const scheduledPurge = new Date(now.getTime() + record.properties.softDeleteRetentionInDays * day);
    this.save({ ...record, deletion: { date: now.toISOString(), scheduledPurge: scheduledPurge.toISOString() } });
  }

  recover(record: VaultRecord): VaultRecord {
    const { id, name, resourceGroup, location, tags, properties, systemData } = record;
    const recovered = { id, name, resourceGroup, location, tags, properties, systemData };
    this.save(recovered);
    return recovered;
  }

  purge(record: VaultRecord): void {
    this.certificatesOf(record).removeAll();
    this.secretsOf(record).removeAll();
    this.keysOf(record).removeAll();
    this.authoritiesOf(record).removeAll();
    this.records.delete(record.name.toLowerCase());
  }

  /** A vault as ARM shows it. */
  view(vault: VaultRecord, provisioningState?: "RegisteringDns"): object {
    return vaultView(vault, connectionsTo(this.cloud.store, vault.id), provisioningState);
  }

  secretsOf(vault: VaultRecord): VaultSecrets {
    return new VaultSecrets(this.cloud, vault);
  }

  /** Only to read: the secrets as one of the vault's replicas has them. */
  secretsSeenOf(vault: VaultRecord): VaultSecrets {
    return new VaultSecrets(this.cloud, vault, this.cloud.replicas.records("keyVault"));
  }

  keysOf(vault: VaultRecord): VaultKeys {
    return new VaultKeys(this.cloud, vault);
  }

  authoritiesOf(vault: VaultRecord): VaultAuthorities {
    return new VaultAuthorities(this.cloud, vault);
  }

  certificatesOf(vault: VaultRecord): VaultCertificates {
    return new VaultCertificates(this.cloud, vault);
  }

  private find(name: string): VaultRecord | undefined {
    const record = this.records.get(name.toLowerCase());
    if (record?.deletion !== undefined && new Date(record.deletion.scheduledPurge) <= this.cloud.clock.now()) {
      this.purge(record);
      return undefined;
    }
    return record;
  }

  private sorted(): VaultRecord[] {
    return [...this.records.values()].sort((a, b) => a.name.localeCompare(b.name));
  }
}

/** Puts a vault with RBAC, soft delete and purge protection where it would be, without asking who may. Idempotent. */
export function seedVault(
  cloud: Cloud,
  vault: { readonly resourceGroup: string; readonly name: string; readonly location: string },
): void {
  const vaults = new Vaults(cloud);
  if (vaults.live(vault.name) !== undefined) {
    return;
  }
  vaults.save({
    ...vault,
    id: vaultId(vault.resourceGroup, vault.name),
    tags: {},
    properties: {
      sku: { family: "A", name: "standard" },
      tenantId: tenant.id,
      accessPolicies: [],
      enabledForDeployment: false,
      enableSoftDelete: true,
      softDeleteRetentionInDays: maximumRetentionDays,
      enableRbacAuthorization: true,
      enablePurgeProtection: true,
      publicNetworkAccess: "Enabled",
    },
    systemData: touch({ clientId: identities.administrator.clientId }, cloud.clock.now()),
  });
}

export const vaultId = (resourceGroup: string, name: string): string =>
  `${resourceGroupId(resourceGroup)}/providers/Microsoft.KeyVault/vaults/${name}`;
