import type { Cloud } from "../cloud";
import type { SecretRecord, SecretVersion } from "./secretRecord";
import { recoveryLevel, type VaultRecord } from "./vaultRecord";
import { newestVersion } from "./versions";

/** Secrets as the data plane shows them. */
export class SecretBundles {
  constructor(
    private readonly cloud: Cloud,
    private readonly vault: VaultRecord,
  ) {}

  withValue(secret: SecretRecord, version: SecretVersion): object {
    return { value: this.cloud.stateKey.unseal(version.sealed), ...this.withoutValue(secret, version) };
  }

  withoutValue(secret: SecretRecord, version: SecretVersion): object {
    const id = `${this.base("secrets", secret)}/${version.version}`;
    const kid = version.managed && { kid: `${this.base("keys", secret)}/${version.version}` };
    return { id, ...kid, ...this.described(version) };
  }

  /** An entry of the list of secrets: the latest version's description under the secret's own ID. */
  listed(secret: SecretRecord): object {
    return { id: this.base("secrets", secret), ...this.described(newestVersion(secret)) };
  }

  deleted(secret: SecretRecord): object {
    return { ...this.deletion(secret), ...this.withoutValue(secret, newestVersion(secret)) };
  }

  listedDeleted(secret: SecretRecord): object {
    return { ...this.deletion(secret), ...this.listed(secret) };
  }

  private deletion(secret: SecretRecord): object {
    return {
      recoveryId: this.base("deletedsecrets", secret),
      deletedDate: secret.deletion?.date,
      scheduledPurgeDate: secret.deletion?.scheduledPurge,
    };
  }

  private described(version: SecretVersion): object {
    const { contentType, tags, enabled, notBefore, expires, created, updated } = version;
    return {
      contentType,
      attributes: {
        enabled,
        nbf: notBefore,
        exp: expires,
        created,
        updated,
        recoveryLevel: recoveryLevel(this.vault),
        recoverableDays: this.vault.properties.softDeleteRetentionInDays,
      },
      tags,
      managed: version.managed,
    };
  }

  private base(collection: string, secret: SecretRecord): string {
    return `https://${this.vault.name.toLowerCase()}.vault.azure.net/${collection}/${secret.name}`;
  }
}
