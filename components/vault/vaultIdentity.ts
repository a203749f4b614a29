import type * as keyvault from "@pulumi/azure-native/keyvault";
import type * as pulumi from "@pulumi/pulumi";

/** A vault, as whoever writes to it knows it. A CredentialVault is one by its shape. */
export interface VaultIdentity {
  /** Resource ID. */
  readonly vaultId: pulumi.Input<string>;
  /** Name, 3 to 24 characters. */
  readonly vaultName: pulumi.Input<string>;
  /** `https://<vault>.vault.azure.net/`, with the slash. */
  readonly vaultUri: pulumi.Input<string>;
  /** The resource group that the vault lies in. */
  readonly resourceGroupName: pulumi.Input<string>;
}

const owned = new WeakMap<object, keyvault.Vault>();

/** Remembers a vault of this program, so that its secrets can leave the program with it. */
export function rememberVault(identity: object, vault: keyvault.Vault): void {
  owned.set(identity, vault);
}

/** The vault behind an identity; `undefined` where it isn't of this program. */
export const vaultOf = (identity: object): keyvault.Vault | undefined => owned.get(identity);
