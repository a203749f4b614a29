import type { Router, RouteParameters } from "../../http/router";
import { assignAppRole, defaultAccessRoleId } from "../../entra/appRoles";
import type { DirectoryPrincipal } from "../../entra/directory";
import type { AppRoleAssignmentRecord, JsonObject, ServicePrincipalRecord } from "../../entra/records";
import { objectBody, type GraphContext } from "../context";
import { badRequest, invalidValue, resourceNotFound, valueRequired } from "../errors";
import { find } from "../lookup";
import { entityReply, listRoutes, noContent, type EntitySet } from "../odata/reply";
import { require } from "../permissions";
import { checkedProperties, guid, opaque } from "../schema/property";

const entitySet: EntitySet = {
  set: "appRoleAssignments",
  resource: "AppRoleAssignment",
  known: [
    "appRoleId",
    "createdDateTime",
    "deletedDateTime",
    "id",
    "principalDisplayName",
    "principalId",
    "principalType",
    "resourceDisplayName",
    "resourceId",
  ],
  inDirectory: false,
  properties: ["appRoleId", "id", "principalDisplayName", "principalId", "principalType", "resourceId"],
};

const schema = {
  resource: "AppRoleAssignment",
  shape: { appRoleId: guid, principalId: guid, resourceId: guid, id: opaque },
  readOnly: ["createdDateTime", "principalDisplayName", "principalType", "resourceDisplayName"],
};

/** The two ends an assignment can be reached from, and which of its sides each is. */
const ends = [
  { path: "appRoleAssignedTo", side: "resourceId" },
  { path: "appRoleAssignments", side: "principalId" },
] as const;

/** App roles held on a resource. For Microsoft Graph's own roles, assigning one is admin consent. */
export function appRoleAssignmentRoutes(router: Router<GraphContext>): void {
  for (const { path, side } of ends) {
    const collection = `/servicePrincipals/:id/${path}`;
    listRoutes(router, collection, entitySet, function* (parameters, context) {
      require(context.caller, "readApplications");
      const owner = find(context.directory.servicePrincipals, parameters);
      for (const assignment of context.directory.appRoleAssignments.values()) {
        if (assignment[side] === owner.id) {
          yield view(assignment, context);
        }
      }
    });
    router
      .on("POST", collection, (request, parameters, context) => {
        require(context.caller, "writeAppRoleAssignments");
        require(context.caller, "readToGrant");
        const owner = find(context.directory.servicePrincipals, parameters);
        const asked = requested(objectBody(request));
        if (asked[side] !== owner.id) {
          throw badRequest(
            `Not a valid reference update: ${side} is '${asked[side]}', and the request is for '${owner.id}'.`,
          );
        }
        const assignment = assign(asked, context);
        return entityReply(request, context, entitySet, view(assignment, context), 201);
      })
      .on(
        "GET",
        `${collection}/:assignment`,
        (request, parameters, context) => {
          require(context.caller, "readApplications");
          return entityReply(request, context, entitySet, view(findAssignment(side, parameters, context), context));
        },
        ["$select"],
      )
      .on("DELETE", `${collection}/:assignment`, (_request, parameters, context) => {
        require(context.caller, "writeAppRoleAssignments");
        context.directory.appRoleAssignments.delete(findAssignment(side, parameters, context).id);
        return noContent();
      });
  }
}

type Grant = Pick<AppRoleAssignmentRecord, "appRoleId" | "principalId" | "resourceId">;

function requested(body: JsonObject): Grant {
  const checked = checkedProperties(body, schema);
  const value = (name: keyof Grant): string => {
    const id = checked[name];
    if (id === undefined) {
      throw valueRequired(name, schema.resource);
    }
    if (typeof id !== "string") {
      throw invalidValue(name, schema.resource);
    }
    return id.toLowerCase();
  };
  return { appRoleId: value("appRoleId"), principalId: value("principalId"), resourceId: value("resourceId") };
}

function assign(grant: Grant, { directory }: GraphContext): AppRoleAssignmentRecord {
  const principal = directory.principal(grant.principalId);
  const resource = directory.servicePrincipals.get(grant.resourceId);
  if (principal === undefined || resource === undefined) {
    throw resourceNotFound(principal === undefined ? grant.principalId : grant.resourceId);
  }
  if (!offersRole(resource, grant.appRoleId, principal, directory)) {
    throw badRequest(`Permission being assigned was not found on application '${resource.appId}'.`);
  }
  const same = (other: AppRoleAssignmentRecord): boolean =>
    other.principalId === grant.principalId &&
    other.resourceId === grant.resourceId &&
    other.appRoleId === grant.appRoleId;
  if ([...directory.appRoleAssignments.values()].some(same)) {
    const message = "Permission being assigned already exists on the object";
    throw badRequest(message, [{ code: "InvalidUpdate", message, target: "appRoleAssignment" }]);
  }
  return assignAppRole(directory, grant);
}

function offersRole(
  resource: ServicePrincipalRecord,
  roleId: string,
  principal: DirectoryPrincipal,
  directory: GraphContext["directory"],
): boolean {
  const member = principal.kind === "ServicePrincipal" ? "Application" : "User";
  const offered = directory
    .appRolesOf(resource)
    .filter((role) => role.isEnabled && role.allowedMemberTypes.includes(member));
  return roleId === defaultAccessRoleId ? offered.length === 0 : offered.some(({ id }) => id.toLowerCase() === roleId);
}

function findAssignment(
  side: "principalId" | "resourceId",
  parameters: RouteParameters,
  { directory }: GraphContext,
): AppRoleAssignmentRecord {
  const owner = find(directory.servicePrincipals, parameters);
  const id = parameters["assignment"] ?? "";
  const found = directory.appRoleAssignments.get(id);
  if (found?.[side] !== owner.id) {
    throw resourceNotFound(id);
  }
  return found;
}

function view(assignment: AppRoleAssignmentRecord, { directory }: GraphContext): JsonObject {
  const principal = directory.principal(assignment.principalId);
  const resource = directory.principal(assignment.resourceId);
  return {
    id: assignment.id,
    deletedDateTime: null,
    appRoleId: assignment.appRoleId,
    createdDateTime: assignment.createdDateTime,
    principalDisplayName: principal?.displayName ?? null,
    principalId: assignment.principalId,
    principalType: principal?.kind ?? null,
    resourceDisplayName: resource?.displayName ?? null,
    resourceId: assignment.resourceId,
  };
}
