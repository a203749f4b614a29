import type { Credential } from "../credential";
import type { Failure } from "../failure";
import { refresh, up } from "./commands";
import { networkRemedy } from "./network";
import { vaultRemedy, type VaultCall } from "./vault";

/** What to do where the daemon gets no token. */
export function signInRemedy(
  failure: Failure,
  { clientId, tenantId, authority, expiresOn, daemon, certificate, federated, managedIdentity }: Credential,
): string {
  switch (failure.code) {
    case "AADSTS7000222":
      return `The client secret expired on ${expiresOn ?? "an unknown day"}. Run ${up()}, which writes the next generation, then verify again.`;
    case "AADSTS7000215":
      return `Entra ID does not know this client secret: it was removed or changed outside the stack. Run ${refresh()} and ${up()}, which write a new one.`;
    case "AADSTS700027":
      return `Entra ID does not take this certificate: it expired on ${certificate?.expiresOn ?? "an unknown day"}, or it was removed outside the stack. Make a new one with \`npx daemon-access credentials certificate\`, or run ${refresh()}; then run ${up()}.`;
    case "CertificateUnreadable":
      return `Run ${up()}, which writes what the certificate is now. If that does not help, make a new one with \`npx daemon-access credentials certificate\`.`;
    case "ForbiddenByRbac":
    case "AccessDenied":
    case "SecretNotFound":
    case "SecretDisabled":
      return vaultRemedy(failure, vaultCall(certificate?.secretUri ?? authority));
    case "AADSTS700211":
    case "AADSTS700212":
    case "AADSTS700213":
    case "AADSTS7002138":
      return `Entra ID trusts other tokens for ${daemon}: ${trusted(federated)}. Compare them, letter by letter, with the token's iss, sub and aud; correct federated in the stack's configuration, or run verify with the right token.`;
    case "AADSTS50166":
      return `Entra ID can't reach the token's issuer at its .well-known/openid-configuration. It must be open to the internet.`;
    case "AADSTS700024":
      return certificate === undefined
        ? `The token in the file has expired, or is not valid yet. Have ${daemon}'s platform write a new one.`
        : `This machine's clock is wrong: Entra ID's time is outside the validity of the assertion that verify signed. Set the clock, then verify again.`;
    case "CredentialUnavailableError":
      return `Run verify on a machine that the identity ${managedIdentity?.resourceId ?? clientId} is attached to.`;
    case "AADSTS700016":
      return `The application ${clientId} is not in the tenant ${tenantId}: it was deleted, or the credential is of another tenant. Run ${refresh()} and ${up()}.`;
    case "AADSTS90002":
      return `Entra ID has no tenant ${tenantId}. Correct azuread:tenantId in the stack's configuration and run ${up()}.`;
    case "AADSTS7000112":
      return `The application ${clientId} is switched off. An administrator enables it under Enterprise applications.`;
    default:
      return networkRemedy(
        failure,
        new URL(authority).host,
        `Entra ID refuses ${daemon} for the reason above. Its sign-in log in the portal has the details.`,
      );
  }
}

/** Whether a failure is a refusal by Entra ID, and not by the service whose call it was. */
export const isSignInFailure = ({ code }: Failure): boolean => code.startsWith("AADSTS");

const trusted = (federated: Credential["federated"] = []): string =>
  federated.map(({ issuer, subject, audience }) => `${issuer} with ${subject} for ${audience}`).join("; ");

function vaultCall(secretUri: string): VaultCall {
  const { origin, pathname } = new URL(secretUri);
  return { vaultUrl: origin, secret: pathname.split("/").at(-1) ?? "" };
}
