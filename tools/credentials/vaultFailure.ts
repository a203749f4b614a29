import { CommandError } from "../cli/failure";
import { failureOf } from "../verify/failure";
import { networkRemedy } from "../verify/remedies/network";

/**
 * Why a vault, or Entra ID before it, refused, with what to do about it.
 * @param role the one that the command needs
 */
export function vaultFailure(error: unknown, vaultUrl: string, role = "Key Vault Secrets Officer"): CommandError {
  const failure = failureOf(error);
  const vault = new URL(vaultUrl).host;
  const { code, message, status } = failure;
  const text = `${status === undefined ? "" : `${status} `}${code}: ${message}`;
  switch (code) {
    case "ForbiddenByRbac":
    case "AccessDenied":
      return new CommandError(text, `Give the identity that runs this the role ${role} on ${vault}.`);
    case "ForbiddenByFirewall":
      return new CommandError(
        text,
        `Add the client address above to vault.allowedIpRanges in the stack's configuration, or run this from an allowed network.`,
      );
    case "ForbiddenByConnection":
      return new CommandError(text, `${vault} takes no calls from the internet. Run this in its network.`);
    case "CredentialUnavailableError":
    case "AggregateAuthenticationError":
    case "ChainedTokenCredentialAuthenticationFailed":
      return new CommandError(
        text,
        "Say who runs this: set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET, or sign in with `az login`.",
      );
    default:
      return new CommandError(text, networkRemedy(failure, vault, `${vault} refuses the call for the reason above.`));
  }
}
