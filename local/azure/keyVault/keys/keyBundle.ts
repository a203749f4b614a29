import { recoveryLevel, type VaultRecord } from "../vaultRecord";
import { publicJwk } from "./keyMaterial";
import type { KeyRecord, KeyVersion } from "./keyRecord";
import type { VaultKeys } from "./keys";
import { defaultRotation, rotationBody } from "./rotationPolicy";
import { newestVersion } from "../versions";

/** Keys as the data plane shows them: the public half alone. */
export class KeyBundles {
  constructor(
    private readonly vault: VaultRecord,
    private readonly keys: VaultKeys,
  ) {}

  full(record: KeyRecord, version: KeyVersion): object {
    const { kind, operations } = version;
    const key = publicJwk(this.keys.privateKey(version), kind);
    return { key: { kid: this.id(record, version), ...key, key_ops: operations }, ...this.described(version) };
  }

  /** An entry of the list of keys: the newest version under the key's own ID. */
  listed(record: KeyRecord): object {
    return { kid: this.base("keys", record), ...this.described(newestVersion(record)) };
  }

  listedVersion(record: KeyRecord, version: KeyVersion): object {
    return { kid: this.id(record, version), ...this.described(version) };
  }

  deleted(record: KeyRecord): object {
    return { ...this.deletion(record), ...this.full(record, newestVersion(record)) };
  }

  listedDeleted(record: KeyRecord): object {
    return { ...this.deletion(record), ...this.listed(record) };
  }

  rotationPolicy(record: KeyRecord): object {
    const id = `${this.base("keys", record)}/rotationpolicy`;
    return { id, ...rotationBody(record.rotationPolicy ?? defaultRotation(newestVersion(record).created)) };
  }

  id(record: KeyRecord, { version }: KeyVersion): string {
    return `${this.base("keys", record)}/${version}`;
  }

  private deletion(record: KeyRecord): object {
    return {
      recoveryId: this.base("deletedkeys", record),
      deletedDate: record.deletion?.date,
      scheduledPurgeDate: record.deletion?.scheduledPurge,
    };
  }

  private described({ enabled, notBefore, expires, created, updated, tags, managed }: KeyVersion): object {
    return {
      attributes: {
        enabled,
        nbf: notBefore,
        exp: expires,
        created,
        updated,
        recoveryLevel: recoveryLevel(this.vault),
        recoverableDays: this.vault.properties.softDeleteRetentionInDays,
        exportable: false,
      },
      tags,
      managed,
    };
  }

  private base(collection: string, { name }: KeyRecord): string {
    return `https://${this.vault.name.toLowerCase()}.vault.azure.net/${collection}/${name}`;
  }
}
