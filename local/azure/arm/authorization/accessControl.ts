/** What Azure role assignments allow. Scopes and actions compare in any letter case. */
export interface AccessControl {
  /** Whether a principal may take a control-plane action, for example `Microsoft.KeyVault/vaults/write`, at a scope. */
  allows(principalId: string, action: string, scope: string): boolean;
  /** Whether a principal may take a data action, for example `Microsoft.KeyVault/vaults/secrets/getSecret/action`. */
  allowsData(principalId: string, dataAction: string, scope: string): boolean;
  /** Assigns a role without asking who may: how the landing zone is laid out. Idempotent. */
  seed(assignment: { readonly principalId: string; readonly roleDefinitionId: string; readonly scope: string }): void;
}
