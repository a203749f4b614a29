import * as azuread from "@pulumi/azuread";
import * as pulumi from "@pulumi/pulumi";
import { revocable } from "../access/revocable";
import { Problems } from "../checks/argumentError";
import { objectId } from "../checks/identifiers";
import { firstRepeated } from "../checks/oneOf";
import { type Refusal, write } from "../checks/refusal";
import type { Principal } from "../principal";
import { adminConsentUrl, consentMode, DEFAULT_CONSENT } from "./consent";
import { graphObjectId } from "./graphServicePrincipal";
import { appRoleId, graphPermission } from "./permissions";

/** What a daemon may do in Microsoft Graph, and who grants it. */
export interface GraphPermissionsArgs {
  /** Application permissions by name, one or more: `User.Read.All`. */
  readonly permissions: string[];
  /**
   * `grant`: this program assigns the permissions; the deployer needs AppRoleAssignment.ReadWrite.All.
   * `request`: an administrator grants them at adminConsentUrl; until then Graph answers 403.
   * `external`: another process grants them, and nobody has to be asked. A managed identity does not support `request`.
   * @default "grant"
   */
  readonly consent?: string;
}

/** Inputs of {@link GraphGrant}. */
export interface GraphGrantArgs extends GraphPermissionsArgs {
  /** Whom the permissions are granted to. */
  readonly principal: Principal;
}

/**
 * Application permissions of Microsoft Graph for a daemon. Microsoft Graph itself is looked up in the tenant and never
 * becomes part of the stack.
 *
 * @remarks
 * For `consent: "request"` the application must request the permissions: give the same names to DaemonApplication. DaemonAccess
 * does that. Until an administrator has consented at `adminConsentUrl`, Microsoft Graph answers 403.
 *
 * @resource <name>-graph-<permission> | azuread.AppRoleAssignment | one for each permission, with `consent: "grant"`
 * @see docs/how-to/consent.md
 *
 * @example
 * ```ts
 * const grant = new GraphGrant("loader", { principal: application, permissions: ["User.Read.All"] });
 * ```
 */
export class GraphGrant extends pulumi.ComponentResource {
  /** Where an administrator of the tenant grants what the application asks for. Empty for a managed identity. */
  public readonly adminConsentUrl: pulumi.Output<string>;
  /** The permissions by name. */
  public readonly permissions: pulumi.Output<string[]>;
  /** The consent mode in force. */
  public readonly consent: pulumi.Output<string>;

  /** @throws ArgumentError that lists every problem of the arguments. */
  constructor(name: string, args: GraphGrantArgs, opts?: pulumi.ComponentResourceOptions) {
    super("azure-daemon-access:index:GraphGrant", name, {}, opts);
    const problems = new Problems("GraphGrant", name);
    problems.requirePlain(args);
    checkGraphPermissions(problems, "", args);
    if (args.principal.resourceId !== undefined) checkNoRequest(problems, "", args);
    problems.checkInput("principal.objectId", args.principal.objectId, objectId);
    problems.throwIfAny();

    const principalId = problems.idOnArrival("principal.objectId", args.principal.objectId, objectId);
    declareGraphGrant(name, args, principalId, { parent: this });

    const { tenantId, clientId, resourceId } = args.principal;
    this.adminConsentUrl = resourceId === undefined ? adminConsentUrl(tenantId, clientId) : pulumi.output("");
    this.permissions = pulumi.output(args.permissions);
    this.consent = pulumi.output(args.consent ?? DEFAULT_CONSENT);
    this.registerOutputs({ adminConsentUrl: this.adminConsentUrl });
  }
}

/** Judges names and the consent mode. */
export function checkGraphPermissions(problems: Problems, prefix: string, args: GraphPermissionsArgs): void {
  const input = `${prefix}permissions`;
  if (args.permissions.length === 0) {
    problems.refuse(input, undefined, { needed: "one application permission or more", fix: write("User.Read.All") });
  }
  problems.checkEach(input, args.permissions, graphPermission);
  const repeated = firstRepeated(args.permissions);
  if (repeated) {
    const needed = "each permission once";
    problems.refuse(`${input}[${repeated.index}]`, repeated.word, { needed, fix: "Remove one of them." });
  }
  problems.checkOptional(`${prefix}consent`, args.consent, consentMode);
}

/** Refuses a request for consent in the name of a managed identity: it has no application that could ask. */
export function checkNoRequest(problems: Problems, prefix: string, { consent }: GraphPermissionsArgs): void {
  if (consent === "request") problems.refuse(`${prefix}consent`, consent, NO_REQUEST);
}

/** Why nobody can be asked to consent for a managed identity. */
export const NO_REQUEST: Refusal = {
  needed:
    '"grant" or "external" for a managed identity, which has no application that an administrator could consent to',
  fix: 'Write "grant" where the deployer may assign app roles, or "external" where somebody else does.',
};

/** Declares one app role assignment a permission, where this program is to grant. */
export function declareGraphGrant(
  name: string,
  args: GraphPermissionsArgs,
  principalObjectId: pulumi.Input<string>,
  opts: pulumi.CustomResourceOptions & { readonly parent: pulumi.Resource },
): void {
  if ((args.consent ?? DEFAULT_CONSENT) !== "grant") return;
  const resourceObjectId = graphObjectId(opts.parent);
  for (const permission of args.permissions) {
    new azuread.AppRoleAssignment(
      `${name}-graph-${permission}`,
      { appRoleId: appRoleId(permission), principalObjectId, resourceObjectId },
      revocable(opts),
    );
  }
}
