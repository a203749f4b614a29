import { randomBytes, randomUUID } from "node:crypto";
import { z } from "zod";
import { assignAppRole } from "../entra/appRoles";
import type { Directory } from "../entra/directory";
import type { ApplicationRecord, ServicePrincipalRecord } from "../entra/records";

const requestedAccess = z.array(
  z.looseObject({
    resourceAppId: z.string(),
    resourceAccess: z.array(z.looseObject({ id: z.string(), type: z.enum(["Role", "Scope"]) })),
  }),
);

type Requested = z.output<typeof requestedAccess>[number];

const offeredScopes = z.array(z.looseObject({ id: z.string(), value: z.string() }));

/** Thrown where an application asks for what its API does not offer. */
export class ConsentRefused extends Error {}

/**
 * Gives admin consent for all that an application asks for: application permissions to its service principal, delegated
 * ones for everybody. Consent that is there stays.
 * @throws ConsentRefused
 */
export function consentTo(directory: Directory, application: ApplicationRecord): void {
  const asked = requestedAccess.parse(application.properties["requiredResourceAccess"] ?? []);
  const resources = asked.map((each) => ({ asked: each, resource: resourceOf(directory, each, application) }));
  resources.forEach((each) => {
    checkOffered(directory, each);
  });
  const client = directory.servicePrincipals.byAppId(application.appId) ?? addPrincipal(directory, application);
  for (const { asked: each, resource } of resources) {
    grantRoles(directory, client, resource, idsOf(each, "Role"));
    grantScopes(directory, client, resource, idsOf(each, "Scope"));
  }
}

const idsOf = ({ resourceAccess }: Requested, type: "Role" | "Scope"): string[] =>
  resourceAccess.filter((access) => access.type === type).map(({ id }) => id.toLowerCase());

function resourceOf(directory: Directory, { resourceAppId }: Requested, { appId }: ApplicationRecord) {
  const resource = directory.servicePrincipals.byAppId(resourceAppId);
  if (resource === undefined) {
    throw new ConsentRefused(`The application ${appId} asks for ${resourceAppId}, which this tenant does not have.`);
  }
  return resource;
}

function checkOffered(
  directory: Directory,
  { asked, resource }: { readonly asked: Requested; readonly resource: ServicePrincipalRecord },
): void {
  const offered = [
    ...directory.appRolesOf(resource).map(({ id }) => id.toLowerCase()),
    ...scopesOf(directory, resource).keys(),
  ];
  const unknown = asked.resourceAccess.find(({ id }) => !offered.includes(id.toLowerCase()));
  if (unknown !== undefined) {
    throw new ConsentRefused(
      `${directory.displayNameOf(resource)} has no permission ${unknown.id} in local Azure, which has only some of Azure's permissions.`,
    );
  }
}

/** Names of the delegated permissions that an API offers, by their IDs. */
function scopesOf(directory: Directory, resource: ServicePrincipalRecord): Map<string, string> {
  const api = directory.applications.byAppId(resource.appId)?.properties["api"] as
    { readonly oauth2PermissionScopes?: unknown } | undefined;
  const offered = offeredScopes.parse(
    api?.oauth2PermissionScopes ?? resource.properties["oauth2PermissionScopes"] ?? [],
  );
  return new Map(offered.map(({ id, value }) => [id.toLowerCase(), value]));
}

function grantRoles(
  directory: Directory,
  { id: principalId }: ServicePrincipalRecord,
  { id: resourceId }: ServicePrincipalRecord,
  roles: readonly string[],
): void {
  for (const appRoleId of roles) {
    const isHeld = [...directory.appRoleAssignments.values()].some(
      (held) =>
        held.principalId === principalId &&
        held.resourceId === resourceId &&
        held.appRoleId.toLowerCase() === appRoleId,
    );
    if (!isHeld) {
      assignAppRole(directory, { principalId, resourceId, appRoleId });
    }
  }
}

function grantScopes(
  directory: Directory,
  client: ServicePrincipalRecord,
  resource: ServicePrincipalRecord,
  ids: readonly string[],
): void {
  if (ids.length === 0) {
    return;
  }
  const names = scopesOf(directory, resource);
  const present = [...directory.delegatedGrants.values()].find(
    ({ clientId, resourceId, principalId }) =>
      clientId === client.id && resourceId === resource.id && principalId === null,
  );
  const scopes = new Set([...(present?.scope.split(" ") ?? []), ...ids.map((id) => names.get(id) ?? "")]);
  const grant = {
    id: present?.id ?? randomBytes(32).toString("base64url"),
    clientId: client.id,
    consentType: "AllPrincipals",
    principalId: null,
    resourceId: resource.id,
    scope: [...scopes].filter((name) => name !== "").join(" "),
  } as const;
  directory.delegatedGrants.set(grant.id, grant);
}

function addPrincipal(directory: Directory, { appId, properties }: ApplicationRecord): ServicePrincipalRecord {
  const principal: ServicePrincipalRecord = {
    id: randomUUID(),
    appId,
    deletedDateTime: null,
    servicePrincipalType: "Application",
    accountEnabled: true,
    owners: [],
    properties: {
      displayName: properties["displayName"] ?? null,
      createdDateTime: directory.clock
        .now()
        .toISOString()
        .replace(/\.\d+Z$/, "Z"),
    },
  };
  directory.servicePrincipals.put(principal);
  return principal;
}
