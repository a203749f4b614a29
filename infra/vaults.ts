import { CredentialVault, existingVault, type VaultIdentity } from "../components/index";
import type { Configuration } from "./config";
import { DEFAULT_VAULT, vaultComponent } from "./platformVaults";

/** The stack's vaults by their names in the settings; the daemons of this stack use the first. */
export type StackVaults = ReadonlyMap<string, VaultIdentity>;

/** Names of a stack's vaults. */
export const vaultNames = (platform: Configuration["platform"]): readonly string[] =>
  platform?.vaults ?? [DEFAULT_VAULT];

/** A vault that is there already, or the stack's own. */
export function declareVaults(configuration: Configuration): StackVaults {
  return new Map(vaultNames(configuration.platform).map((name) => [name, declareVault(name, configuration)]));
}

function declareVault(
  vaultInSettings: string,
  { location, resourceGroupName, tags, vault = {} }: Configuration,
): VaultIdentity {
  const { existing, name, ...settings } = vault;
  if (existing) return existingVault(existing.vaultId);
  return new CredentialVault(vaultComponent(vaultInSettings), {
    location,
    resourceGroupName,
    ...(tags && { tags }),
    ...(name !== undefined && { vaultName: name }),
    ...settings,
  });
}

export function firstOf(vaults: StackVaults): VaultIdentity {
  const [first] = vaults.values();
  if (first === undefined) throw new Error("a stack has at least one vault");
  return first;
}
