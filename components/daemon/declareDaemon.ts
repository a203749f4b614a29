import type * as pulumi from "@pulumi/pulumi";
import type { Problems } from "../checks/argumentError";
import type { DaemonAccessArgs, DaemonIdentityArgs } from "./daemonAccessArgs";
import { declareIdentityTrusts, trustedTokens } from "../federation/federatedCredential";
import type { ClientSecretArgs } from "../identity/clientSecret";
import { type DaemonApplicationArgs, declareApplication } from "../identity/daemonApplication";
import { type DaemonCredentials, declareCredentials, type DeclaredCredentials } from "../identity/daemonCredentials";
import { declareManagedIdentity } from "../identity/daemonManagedIdentity";
import type { Principal } from "../principal";

type Children = pulumi.CustomResourceOptions & { readonly parent: pulumi.Resource };

/** Who the daemon is, and what it proves that with. */
export interface DeclaredDaemon {
  readonly principal: DeclaredPrincipal;
  readonly credentials: DeclaredCredentials;
}

interface DeclaredPrincipal extends Principal {
  readonly clientId: pulumi.Output<string>;
  readonly objectId: pulumi.Output<string>;
  readonly tenantId: pulumi.Output<string>;
}

/** Declares who the daemon is, of checked arguments. */
export function declareDaemon(
  name: string,
  args: DaemonAccessArgs,
  problems: Problems,
  children: Children,
): DeclaredDaemon {
  return args.managedIdentity
    ? declareIdentity(name, args.managedIdentity, problems, children)
    : declareCredentialed(name, args, problems, children);
}

function declareIdentity(
  name: string,
  { federated, ...args }: DaemonIdentityArgs,
  problems: Problems,
  children: Children,
): DeclaredDaemon {
  const identity = declareManagedIdentity(name, args, children);
  const { resourceGroupName } = args;
  if (federated) {
    const tokens = trustedTokens(problems, "managedIdentity.federated", federated, children.parent);
    declareIdentityTrusts(name, { ...identity, resourceGroupName }, federated, tokens, children);
  }
  return { principal: identity, credentials: {} };
}

function declareCredentialed(
  name: string,
  args: DaemonAccessArgs,
  problems: Problems,
  children: Children,
): DeclaredDaemon {
  const { federated: trusts } = args;
  const tokens = trusts && trustedTokens(problems, "federated", trusts, children.parent);
  const principal = declareApplication(name, applicationArgs(name, args), problems, children, "graph.permissions");
  const federated = trusts && tokens && { trusts, tokens };
  return {
    principal,
    credentials: declareCredentials(name, principal, { ...datedCredentials(args), federated }, children),
  };
}

/** An existing application is only expected to ask for permissions where an administrator grants what it asks for. */
function applicationArgs(name: string, args: DaemonAccessArgs): DaemonApplicationArgs {
  const { existing, graph } = args;
  const asks = graph && (!existing || graph.consent === "request");
  return { ...identityArgs(name, args), ...(asks && { permissions: graph.permissions }) };
}

/** What the application takes of the arguments, beside its permissions. */
export function identityArgs(
  name: string,
  { displayName, existing, owners, deployerIsOwner, notes }: DaemonAccessArgs,
) {
  return {
    ...(existing && { existing }),
    ...((displayName !== undefined || !existing) && { displayName: displayName ?? name }),
    ...(owners && { owners }),
    ...(deployerIsOwner !== undefined && { deployerIsOwner }),
    ...(notes !== undefined && { notes }),
  };
}

/** What the client secret takes of the arguments. */
export function secretDates({ secret, asOf }: DaemonAccessArgs): Omit<ClientSecretArgs, "application"> | undefined {
  return secret && { ...secret, ...(asOf !== undefined && { asOf }) };
}

function datedCredentials(args: DaemonAccessArgs): Omit<DaemonCredentials, "federated"> {
  const { certificate, asOf } = args;
  return {
    secret: secretDates(args),
    certificate: certificate && asOf !== undefined ? { ...certificate, asOf } : undefined,
  };
}
