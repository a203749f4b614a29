import type * as keyvault from "@pulumi/azure-native/keyvault";
import type * as pulumi from "@pulumi/pulumi";
import { Problems } from "../checks/argumentError";
import { placeOf, vaultId as checkVaultId } from "../checks/identifiers";
import { oneSpelling } from "../checks/spelling";

/** The IDs of a vault. A CredentialVault can be used as one. */
export interface VaultIdentity {
  /** Resource ID. */
  readonly vaultId: pulumi.Input<string>;
  /** Name, 3 to 24 characters. */
  readonly vaultName: pulumi.Input<string>;
  /** `https://<vault>.vault.azure.net/`, with the slash. */
  readonly vaultUri: pulumi.Input<string>;
  /** The vault's resource group. */
  readonly resourceGroupName: pulumi.Input<string>;
}

/** A vault that is there already: every part of it is known before anything is deployed. */
export interface ExistingVault extends VaultIdentity {
  /** Resource ID. */
  readonly vaultId: string;
  /** Name, 3 to 24 characters. */
  readonly vaultName: string;
  /** `https://<vault>.vault.azure.net/`, with the slash. */
  readonly vaultUri: string;
  /** The vault's resource group. */
  readonly resourceGroupName: string;
}

/**
 * An existing vault by its resource ID; it is not changed. It must give access by roles only, and be in the
 * subscription that the program deploys to.
 *
 * @throws ArgumentError for text that is no vault's ID
 * @example
 * ```ts
 * const vault = existingVault(
 *   "/subscriptions/8e1b0a4c-7d39-4c52-b6f3-2f9d1e5a7c60/resourceGroups/rg-platform/providers/Microsoft.KeyVault/vaults/kv-platform",
 * );
 * ```
 */
export function existingVault(vaultId: string): ExistingVault {
  const problems = new Problems("existingVault", typeof vaultId === "string" ? vaultId : "vaultId");
  problems.check("vaultId", vaultId, checkVaultId);
  problems.throwIfAny();
  const id = oneSpelling(vaultId);
  const { name, resourceGroupName } = placeOf(id);
  return { vaultId: id, vaultName: name, vaultUri: `https://${name}.vault.azure.net/`, resourceGroupName };
}

/** A vault of this program. */
interface OwnedVault {
  readonly vault: keyvault.Vault;
  /** Nothing below it can be deleted while it stays. */
  readonly locked: boolean;
}

const owned = new WeakMap<object, OwnedVault>();

/** Remembers a vault of this program, so that its secrets can leave the program with it. */
export function rememberVault(identity: object, vault: keyvault.Vault, locked: boolean): void {
  owned.set(identity, { vault, locked });
}

/** The vault behind an identity; `undefined` where it isn't of this program. */
export const vaultOf = (identity: object): keyvault.Vault | undefined => owned.get(identity)?.vault;

/** The vault behind an identity where a lock keeps what is below it; `undefined` elsewhere. */
export function lockedVaultOf(identity: object): keyvault.Vault | undefined {
  const known = owned.get(identity);
  return known?.locked === true ? known.vault : undefined;
}
