import type { Failure } from "../failure";
import { recover, refresh, up } from "./commands";
import { networkRemedy } from "./network";

/** What was asked of the vault: its list of secrets, or one secret. */
export interface VaultCall {
  readonly vaultUrl: string;
  readonly secret?: string;
  /** The stack whose outputs name the secret. */
  readonly stack?: string;
}

/** What to do where the vault, or Entra ID before it, refuses whoever runs verify. */
export function vaultRemedy(failure: Failure, { vaultUrl, secret, stack }: VaultCall): string {
  const vault = new URL(vaultUrl).host;
  switch (failure.code) {
    case "ForbiddenByRbac":
    case "AccessDenied":
      return secret === undefined
        ? `The identity that runs verify may not list the secrets of ${vault}. Give it the role Key Vault Reader there, or name the daemons with --daemon.`
        : `The identity that runs verify may not read ${secret}. Check the name; if it is right, add the identity's object ID to readers in the stack's configuration and run ${up()}.`;
    case "ForbiddenByFirewall":
      return `The firewall of ${vault} does not let this machine in. Add the client address above to vault.allowedIpRanges in the stack's configuration, or run verify from an allowed network.`;
    case "ForbiddenByConnection":
      return `${vault} takes no calls from the internet. Run verify in its network.`;
    case "SecretNotFound":
      return stack === undefined
        ? `${vault} has no ${secret ?? "such secret"}. Check the daemon's name; after a destroy, run ${up()}.`
        : `The stack ${stack} has delivered it, and somebody deleted it afterwards. ${recovery(stack)}`;
    case "SecretDisabled":
      return `${secret ?? "The secret"} is switched off. Enable it in the vault, or run ${refresh()} and ${up()}.`;
    case "NoCredentials":
      return `Run ${up()} on the stack that delivers to this vault, or name another vault.`;
    case "CredentialUnreadable":
      return `Name a secret of the format credential; if this is one, it was changed by hand: run ${refresh()} and ${up()}.`;
    default:
      return (
        identityRemedy(failure) ?? networkRemedy(failure, vault, `${vault} refuses the call for the reason above.`)
      );
  }
}

/** The command that brings a deleted secret back, where the reader can run it. */
const recovery = (stack: string): string => `Bring it back: ${recover(stack)}.`;

/** Faults of the identity that verify itself runs with. */
function identityRemedy({ code }: Failure): string | undefined {
  switch (code) {
    case "CredentialUnavailableError":
    case "AggregateAuthenticationError":
    case "ChainedTokenCredentialAuthenticationFailed":
      return "Say who runs verify: set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET, or sign in with `az login`.";
    case "AADSTS7000215":
      return "AZURE_CLIENT_SECRET is not a client secret of the application in AZURE_CLIENT_ID.";
    case "AADSTS7000222":
      return "The client secret in AZURE_CLIENT_SECRET has expired. Use a newer one.";
    case "AADSTS700016":
      return "AZURE_CLIENT_ID is not an application of the tenant in AZURE_TENANT_ID. Correct the one or the other.";
    case "AADSTS90002":
    case "AADSTS900023":
      return "AZURE_TENANT_ID is not a tenant of Entra ID. Correct it.";
    case "Unauthorized":
      return "The vault does not take tokens of this tenant. Set AZURE_TENANT_ID to the tenant of the vault.";
    default:
      return code.startsWith("AADSTS")
        ? "Entra ID refuses the identity that runs verify, for the reason above."
        : undefined;
  }
}
