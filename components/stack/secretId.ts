import type { Check } from "../checks/refusal";
import { secretUri } from "./outputChecks";

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

/** Judges the URI of a secret of one vault. A role at a secret that isn't there would be taken, and give nothing. */
export const secretOf = (vaultId: string): Check => {
  const vault = vaultId.split("/").at(-1) ?? "";
  return (uri) => {
    const malformed = secretUri(uri);
    if (malformed || secretId(uri).vault.toLowerCase() === vault.toLowerCase()) return malformed;
    return { needed: `a secret of the vault ${vault}`, fix: "Take vaultId and secretUri from the same stack." };
  };
};
