import * as azuread from "@pulumi/azuread";
import type * as pulumi from "@pulumi/pulumi";

const graphAppId = "00000003-0000-0000-c000-000000000000";

/** One outside identity that may sign in as the application. */
export interface Trust {
  readonly name: string;
  readonly issuer: string;
  /** Exactly the `sub` of the token. */
  readonly subject: string;
}

export interface PipelineIdentityArgs {
  readonly displayName: string;
  /** Object IDs. */
  readonly owners: readonly string[];
  /** Microsoft Graph application permissions by name; they are granted, not only asked for. */
  readonly permissions: readonly string[];
  readonly trusts: readonly Trust[];
}

/** An application that pipelines sign in as by federation. It has no secret. */
export interface PipelineIdentity {
  readonly clientId: pulumi.Output<string>;
  /** Of the service principal. */
  readonly objectId: pulumi.Output<string>;
}

/** @throws Error where Microsoft Graph has no permission of a name */
export async function declarePipelineIdentity(name: string, args: PipelineIdentityArgs): Promise<PipelineIdentity> {
  const graph = await azuread.getServicePrincipal({ clientId: graphAppId });
  const roleId = (permission: string): string => {
    const id = graph.appRoleIds[permission];
    if (id === undefined) throw new Error(`Microsoft Graph has no application permission ${permission}.`);
    return id;
  };
  const owners = [...args.owners];

  const application = new azuread.Application(name, {
    displayName: args.displayName,
    owners,
    preventDuplicateNames: true,
    requiredResourceAccesses: [
      {
        resourceAppId: graphAppId,
        resourceAccesses: args.permissions.map((permission) => ({ id: roleId(permission), type: "Role" })),
      },
    ],
  });
  const principal = new azuread.ServicePrincipal(name, { clientId: application.clientId, owners });
  for (const permission of args.permissions) {
    new azuread.AppRoleAssignment(`${name}-${permission}`, {
      appRoleId: roleId(permission),
      principalObjectId: principal.objectId,
      resourceObjectId: graph.objectId,
    });
  }
  for (const trust of args.trusts) {
    new azuread.ApplicationFederatedIdentityCredential(`${name}-${trust.name}`, {
      applicationId: application.id,
      displayName: trust.name,
      issuer: trust.issuer,
      subject: trust.subject,
      audiences: ["api://AzureADTokenExchange"],
    });
  }
  return { clientId: application.clientId, objectId: principal.objectId };
}
