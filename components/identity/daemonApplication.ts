import * as azuread from "@pulumi/azuread";
import * as pulumi from "@pulumi/pulumi";
import { deployer } from "../access/deployer";
import { Problems } from "../checks/argumentError";
import * as identifiers from "../checks/identifiers";
import { displayName, remark } from "../checks/names";
import { appRoleId, graphPermission, MICROSOFT_GRAPH_CLIENT_ID } from "../graph/permissions";
import { createdClientId, createdObjectId } from "./createdIds";
import {
  checkNothingBeside,
  type DeclaredApplication,
  type ExistingApplicationArgs,
  lookUpApplication,
} from "./existingApplication";
import { warnOfOwners } from "./ownerChanges";

export const DEFAULT_PREVENT_DUPLICATE_NAMES = true;
export const DEFAULT_DEPLOYER_IS_OWNER = true;

/**
 * Limits of an application: "Microsoft Entra service limits and restrictions" and, for an application of one tenant,
 * "Validation differences by supported account types".
 */
const MOST_OWNERS = 100;
const MOST_PERMISSIONS = 400;

/** Only the tenant it is registered in can sign it in. */
const SINGLE_TENANT = "AzureADMyOrg";

/** Inputs of {@link DaemonApplication}. Give displayName for a new application, or existing for one that is there. */
export interface DaemonApplicationArgs {
  /** The name shown in the directory: 1 to 120 characters. Required unless existing is given. */
  readonly displayName?: string;
  /**
   * An existing application with its service principal. Both are looked up, and never changed or deleted. permissions are then
   * checked on the application instead of written to it, and no other input may be given.
   * @default none: a new application is created
   */
  readonly existing?: ExistingApplicationArgs;
  /**
   * Object IDs of the users or service principals that own the application and its service principal, in addition to the
   * deployer.
   * @default none
   */
  readonly owners?: pulumi.Input<string>[];
  /**
   * Makes the deployer an owner. Without it, a deployer with Application.ReadWrite.OwnedBy loses its rights on the application
   * as soon as it is created, and can neither finish nor delete it. Set it to false if several identities deploy or preview
   * the stack, and list those that deploy in owners.
   * @default true
   */
  readonly deployerIsOwner?: boolean;
  /**
   * Application permissions of Microsoft Graph that the application asks for, by name: `User.Read.All`. Asking grants
   * nothing; see GraphGrant. With existing, those that it has to ask for already.
   * @default none
   */
  readonly permissions?: string[];
  /**
   * Refuses a display name that another application of the tenant bears.
   * @default true
   */
  readonly preventDuplicateNames?: boolean;
  /** Remarks for whoever administers the directory. */
  readonly notes?: pulumi.Input<string>;
  /** Where the application is kept in your service catalogue, such as a ticket or an entry's ID. */
  readonly serviceManagementReference?: pulumi.Input<string>;
  /** What the application is for. */
  readonly description?: pulumi.Input<string>;
}

/**
 * The identity of a daemon: a single-tenant application registration and its service principal, both with the same
 * owners; or an existing application, which is looked up. It can be used as a Principal.
 *
 * @remarks
 * With `existing`, nothing is declared: the application and its service principal are looked up and left as they are. Redirect
 * URIs, other permissions, secrets, certificates and owners stay, also when the stack is destroyed; only what other components add
 * to them, such as a ClientSecret or a GraphGrant, comes and goes with the stack. The application is then expected to request
 * `permissions`; they are not written to it. An application without a service principal is refused, with the command that
 * creates one.
 *
 * @resource <name>-application | azuread.Application | without `existing`; this tenant only
 * @resource <name>-service-principal | azuread.ServicePrincipal | without `existing`; assignment required
 * @see docs/how-to/adoption.md
 *
 * @example
 * ```ts
 * const application = new DaemonApplication("loader", {
 *   displayName: "Forecast loader",
 *   permissions: ["User.Read.All"],
 * });
 * ```
 */
export class DaemonApplication extends pulumi.ComponentResource {
  /** Application (client) ID. */
  public readonly clientId: pulumi.Output<string>;
  /** Object ID of the service principal. */
  public readonly objectId: pulumi.Output<string>;
  /** Directory (tenant) ID. */
  public readonly tenantId: pulumi.Output<string>;
  /** `/applications/<object ID>`, for the application's credentials. */
  public readonly applicationId: pulumi.Output<string>;
  /** The display name as given, or of the existing application. */
  public readonly displayName: pulumi.Output<string>;

  /** @throws ArgumentError that lists every problem of the arguments. */
  constructor(name: string, args: DaemonApplicationArgs, opts?: pulumi.ComponentResourceOptions) {
    super("azure-daemon-access:index:DaemonApplication", name, {}, opts);
    const problems = new Problems("DaemonApplication", name);
    problems.requirePlain(args);
    checkApplication(problems, args);
    problems.checkEach("permissions", args.permissions, graphPermission);
    problems.throwIfAny();

    const application = declareApplication(name, args, problems, { parent: this });

    this.clientId = application.clientId;
    this.objectId = application.objectId;
    this.tenantId = application.tenantId;
    this.applicationId = application.applicationId;
    this.displayName = application.displayName;
    this.registerOutputs({ clientId: this.clientId, objectId: this.objectId });
  }
}

/** Judges the display name and the owners of a new application, or the ID of an existing one. */
export function checkApplication(problems: Problems, args: DaemonApplicationArgs): void {
  const { existing, ...rest } = args;
  if (existing) {
    problems.checkInput("existing.clientId", existing.clientId, identifiers.clientId);
    checkNothingBeside(problems, { ...rest, permissions: undefined });
  } else {
    checkOwnership(problems, rest);
  }
}

function checkOwnership(
  problems: Problems,
  {
    displayName: name = "",
    owners = [],
    deployerIsOwner = DEFAULT_DEPLOYER_IS_OWNER,
    description,
    permissions,
  }: DaemonApplicationArgs,
): void {
  problems.check("displayName", name, displayName);
  if (owners.length === 0 && !deployerIsOwner) {
    problems.refuse("owners", undefined, {
      needed: "an owner or more where deployerIsOwner is false",
      fix: "Name those that deploy.",
    });
  }
  owners.forEach((owner, index) => {
    problems.checkInput(`owners[${index}]`, owner, identifiers.objectId);
  });
  problems.checkDistinct("owners", owners, "each owner once");
  problems.checkCount("owners", owners, MOST_OWNERS, "owners");
  problems.checkInput("description", description, remark);
  problems.checkCount("permissions", permissions, MOST_PERMISSIONS, "permissions");
}

/**
 * Declares the application and the service principal of checked arguments, or looks existing ones up.
 *
 * @param input of the permissions, for a message
 */
export function declareApplication(
  name: string,
  args: DaemonApplicationArgs,
  problems: Problems,
  opts: pulumi.CustomResourceOptions & { readonly parent: pulumi.Resource },
  input = "permissions",
): DeclaredApplication {
  const { existing, permissions = [] } = args;
  return existing
    ? lookUpApplication(existing, { input, permissions }, problems, { parent: opts.parent })
    : declareNew(name, { ...args, permissions }, problems, opts);
}

function declareNew(
  name: string,
  args: DaemonApplicationArgs & { readonly permissions: string[] },
  problems: Problems,
  opts: pulumi.CustomResourceOptions & { readonly parent: pulumi.Resource },
): DeclaredApplication {
  const { displayName: title = name, permissions } = args;
  const client = deployer(opts.parent);
  const named = (args.owners ?? []).map((owner, index) =>
    problems.idOnArrival(`owners[${index}]`, owner, identifiers.objectId),
  );
  const deployerIsOwner = args.deployerIsOwner ?? DEFAULT_DEPLOYER_IS_OWNER;
  const owners = pulumi
    .all(deployerIsOwner ? [...named, client.objectId] : named)
    .apply((objectIds) => [...new Set(objectIds)]);

  const application = new azuread.Application(
    `${name}-application`,
    {
      displayName: title,
      owners,
      signInAudience: SINGLE_TENANT,
      preventDuplicateNames: args.preventDuplicateNames ?? DEFAULT_PREVENT_DUPLICATE_NAMES,
      ...(permissions.length > 0 && { requiredResourceAccesses: [graphAccess(permissions)] }),
      ...(args.notes !== undefined && { notes: args.notes }),
      ...(args.description !== undefined && { description: args.description }),
      ...(args.serviceManagementReference !== undefined && {
        serviceManagementReference: args.serviceManagementReference,
      }),
    },
    // It is looked at when an application is made. An import can't read it, and would have it change.
    pulumi.mergeOptions(opts, {
      ignoreChanges: ["preventDuplicateNames"],
      ...(deployerIsOwner && { hooks: warnOfOwners(name, opts.parent) }),
    }),
  );

  const clientId = createdClientId(application, { parent: opts.parent });
  const servicePrincipal = new azuread.ServicePrincipal(
    `${name}-service-principal`,
    // The daemon calls others; nobody signs in to it unless a role of it is assigned to them.
    { clientId, owners, appRoleAssignmentRequired: true },
    opts,
  );

  return {
    applicationId: application.id,
    clientId,
    objectId: createdObjectId(servicePrincipal),
    tenantId: client.tenantId,
    displayName: pulumi.output(title),
  };
}

function graphAccess(permissions: readonly string[]): azuread.types.input.ApplicationRequiredResourceAccess {
  return {
    resourceAppId: MICROSOFT_GRAPH_CLIENT_ID,
    resourceAccesses: permissions.map((permission) => ({ id: appRoleId(permission), type: "Role" })),
  };
}
