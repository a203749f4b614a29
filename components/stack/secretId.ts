/** A Key Vault secret, taken from its URI. */
export interface SecretId {
  /** Name of the vault. */
  readonly vault: string;
  /** Name of the secret. */
  readonly name: string;
}

/** Takes a checked URI without a version apart. */
export function secretId(checkedUri: string): SecretId {
  const { hostname, pathname } = new URL(checkedUri);
  return { vault: hostname.split(".")[0] ?? "", name: pathname.replace("/secrets/", "") };
}
