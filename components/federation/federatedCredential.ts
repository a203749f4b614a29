import * as managedidentity from "@pulumi/azure-native/managedidentity";
import * as azuread from "@pulumi/azuread";
import * as pulumi from "@pulumi/pulumi";
import { inAnyCase } from "../access/anyCase";
import { deployer } from "../access/deployer";
import { revocable } from "../access/revocable";
import { Problems } from "../checks/argumentError";
import type { ApplicationIdentity } from "../identity/applicationIdentity";
import type { ManagedIdentityName } from "../identity/managedIdentityName";
import { cloudName, DEFAULT_CLOUD, federationCloud } from "./clouds";
import type { FederatedTrustArgs } from "./trustArgs";
import { checkTrusts, settledTokens } from "./trustChecks";
import { trustedToken, type TrustedToken } from "./trustedToken";

/** Inputs of {@link FederatedCredential}. Give exactly one of application and identity. */
export interface FederatedCredentialArgs {
  /** The application that the workloads sign in as: a DaemonApplication, or its ID. */
  readonly application?: ApplicationIdentity;
  /** The user-assigned identity that they sign in as: a DaemonManagedIdentity, or its names. */
  readonly identity?: ManagedIdentityName;
  /** The workloads, 1 to 20. */
  readonly trusts: FederatedTrustArgs[];
  /**
   * The cloud of the application's tenant: `public`, `usgovernment` or `china`. It decides the audience, and who issues
   * the tokens of managed identities and service connections.
   * @default "public"
   */
  readonly cloud?: string;
}

/** One trusted workload, as its token shows it. */
export interface TrustedWorkload {
  /** The trust's name. */
  readonly name: string;
  /** The token's `iss`. */
  readonly issuer: string;
  /** The token's `sub`. */
  readonly subject: string;
  /** The token's `aud`. */
  readonly audience: string;
}

/**
 * Workloads outside Azure that sign in with their own tokens instead of a secret: GitHub Actions, Azure DevOps, Kubernetes, a managed identity,
 * or any issuer of OpenID Connect tokens. There is no secret to store, rotate or leak.
 *
 * @remarks
 * Trusts are written one after another, because Microsoft Entra ID refuses two credential writes on one application at a time.
 * A wildcard is refused: Microsoft Entra ID would take it literally. A renamed trust needs its `formerName`, and a new name that
 * no trust had; without it, Microsoft Entra ID refuses the second trust of the same workload. `workloads` gives CredentialExport the
 * issuer, subject and audience that each token must have.
 *
 * @resource <name>-federated-<trust> | azuread.ApplicationFederatedIdentityCredential | with `application`, one for each trust
 * @resource <name>-federated-<trust> | azure-native.managedidentity.FederatedIdentityCredential | with `identity`, one for each trust
 * @see docs/how-to/federation.md
 *
 * @example
 * ```ts
 * const federated = new FederatedCredential("loader", {
 *   application,
 *   trusts: [
 *     { name: "main-branch", gitHub: { repository: "contoso/forecasts", branch: "main" } },
 *     { name: "runner", managedIdentity: { principalId: "2f5c1d3e-8a47-4b0c-9d61-7e3f9a5b2c84" } },
 *   ],
 * });
 * ```
 */
export class FederatedCredential extends pulumi.ComponentResource {
  /** The workloads as their tokens show them, in the order given. */
  public readonly workloads: pulumi.Output<TrustedWorkload[]>;

  /** @throws ArgumentError that lists every problem of the arguments. */
  constructor(name: string, args: FederatedCredentialArgs, opts?: pulumi.ComponentResourceOptions) {
    super("azure-daemon-access:index:FederatedCredential", name, {}, opts);
    const problems = new Problems("FederatedCredential", name);
    problems.requirePlain(args);
    checkHolder(problems, args);
    checkTrusts(problems, "trusts", args.trusts);
    problems.checkOptional("cloud", args.cloud, cloudName);
    problems.throwIfAny();

    const tokens = trustedTokens(problems, "trusts", args.trusts, this, args.cloud);
    if (args.application) declareApplicationTrusts(name, args.application, args.trusts, tokens, { parent: this });
    if (args.identity) declareIdentityTrusts(name, args.identity, args.trusts, tokens, { parent: this });

    this.workloads = pulumi.output(
      args.trusts.map((trust, index) => pulumi.output({ name: trust.name, ...tokenAt(tokens, index) })),
    );
    this.registerOutputs({ workloads: this.workloads });
  }
}

function checkHolder(problems: Problems, { application, identity }: FederatedCredentialArgs): void {
  if ((application === undefined) !== (identity === undefined)) return;
  problems.refuse("application", application, {
    needed: "exactly one of application and identity",
    fix: application ? "Remove one of them." : "Write whose credential it is.",
  });
}

/** The tokens of checked trusts. */
export function trustedTokens(
  problems: Problems,
  input: string,
  trusts: readonly FederatedTrustArgs[],
  parent: pulumi.Resource,
  cloud = DEFAULT_CLOUD,
): TrustedToken[] {
  const tokens = trusts.map((trust) => trustedToken(trust, federationCloud(cloud), () => deployer(parent).tenantId));
  return settledTokens(problems, input, tokens);
}

/** Declares the federated credentials of an application, one after another: Microsoft Graph answers 409 to two at once. */
export function declareApplicationTrusts(
  name: string,
  application: ApplicationIdentity,
  trusts: readonly FederatedTrustArgs[],
  tokens: readonly TrustedToken[],
  opts: pulumi.CustomResourceOptions,
): void {
  inTurn(name, trusts, opts, (trust, index, options) => {
    const { issuer, subject, audience } = tokenAt(tokens, index);
    return new azuread.ApplicationFederatedIdentityCredential(
      `${name}-federated-${trust.name}`,
      {
        applicationId: application.applicationId,
        displayName: trust.name,
        issuer,
        subject,
        audiences: [audience],
        ...(trust.description !== undefined && { description: trust.description }),
      },
      options,
    );
  });
}

/** The same for a user-assigned identity, whose writes Azure wants one at a time as well. */
export function declareIdentityTrusts(
  name: string,
  identity: ManagedIdentityName,
  trusts: readonly FederatedTrustArgs[],
  tokens: readonly TrustedToken[],
  opts: pulumi.CustomResourceOptions,
): void {
  inTurn(name, trusts, opts, (trust, index, options) => {
    const { issuer, subject, audience } = tokenAt(tokens, index);
    const place = { resourceGroupName: identity.resourceGroupName, resourceName: identity.identityName };
    const args = {
      ...place,
      federatedIdentityCredentialResourceName: trust.name,
      issuer,
      subject,
      audiences: [audience],
    };
    return inAnyCase(
      place,
      options,
      (all) => new managedidentity.FederatedIdentityCredential(`${name}-federated-${trust.name}`, args, all),
    );
  });
}

function inTurn(
  name: string,
  trusts: readonly FederatedTrustArgs[],
  opts: pulumi.CustomResourceOptions,
  declare: (trust: FederatedTrustArgs, index: number, opts: pulumi.CustomResourceOptions) => pulumi.Resource,
): void {
  const options = revocable(opts);
  trusts.reduce<pulumi.Resource | undefined>(
    (before, trust, index) =>
      declare(trust, index, {
        ...options,
        ...(before && { dependsOn: before }),
        ...(trust.formerName !== undefined && {
          aliases: [{ name: `${name}-federated-${trust.formerName}` }],
          deleteBeforeReplace: true,
        }),
      }),
    undefined,
  );
}

function tokenAt(tokens: readonly TrustedToken[], index: number): TrustedToken {
  const token = tokens[index];
  if (!token) throw new RangeError("There are fewer tokens than trusts.");
  return token;
}
