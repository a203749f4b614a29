import type { SecretClient, SecretProperties } from "@azure/keyvault-secrets";

/** The tag by which the stack marks its secrets. */
const MARK = "managed-by";
const OURS = "azure-daemon-access";

/** How many secrets are looked through at a time. */
const AT_ONCE = 8;

/** A version of a secret, whose last moment has passed. */
export interface ExpiredVersion {
  readonly secret: string;
  readonly version: string;
  /** RFC 3339, UTC. */
  readonly expiresOn: string;
  /** Number of the credential's generation, where its tag says so. */
  readonly generation?: string;
}

/** What has ended in a vault. */
export interface ExpiredVersions {
  /** Enabled still, and followed by a newer version. */
  readonly older: readonly ExpiredVersion[];
  /** Followed by none: whoever reads the secret gets what has ended. */
  readonly newest: readonly ExpiredVersion[];
}

/** Looks for what has ended, among the secrets that the stack manages. Reads no value. */
export async function expiredVersions(client: SecretClient, now: Date): Promise<ExpiredVersions> {
  const names: string[] = [];
  for await (const { name, tags, certificateKeyId } of client.listPropertiesOfSecrets()) {
    // The secret of a Key Vault certificate is the certificate's to switch.
    if (tags?.[MARK] === OURS && certificateKeyId === undefined) names.push(name);
  }
  const found: ExpiredVersions[] = [];
  for (let start = 0; start < names.length; start += AT_ONCE) {
    const some = names.slice(start, start + AT_ONCE);
    found.push(...(await Promise.all(some.map((name) => expiredOf(client, name, now)))));
  }
  return { older: found.flatMap(({ older }) => older), newest: found.flatMap(({ newest }) => newest) };
}

async function expiredOf(client: SecretClient, name: string, now: Date): Promise<ExpiredVersions> {
  const versions: SecretProperties[] = [];
  for await (const version of client.listPropertiesOfSecretVersions(name)) versions.push(version);
  const [newest, ...older] = versions.sort(newestFirst);
  const hasEnded = (version: SecretProperties): boolean =>
    version.enabled !== false && version.expiresOn !== undefined && version.expiresOn <= now;
  return {
    older: older.filter(hasEnded).map(told).reverse(),
    newest: newest && hasEnded(newest) ? [told(newest)] : [],
  };
}

/** Key Vault writes whole seconds. Of two versions of one second the one that lives longer was meant to follow. */
const newestFirst = (one: SecretProperties, other: SecretProperties): number =>
  Number(other.createdOn ?? 0) - Number(one.createdOn ?? 0) ||
  Number(other.expiresOn ?? 0) - Number(one.expiresOn ?? 0);

function told({ name, version = "", expiresOn = new Date(0), tags }: SecretProperties): ExpiredVersion {
  const generation = tags?.["generation"];
  return {
    secret: name,
    version,
    expiresOn: expiresOn.toISOString().replace(".000Z", "Z"),
    ...(generation !== undefined && { generation }),
  };
}
