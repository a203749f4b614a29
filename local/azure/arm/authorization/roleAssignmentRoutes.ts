import { z } from "zod";
import type { Cloud } from "../../cloud";
import { empty, json, queryParameter } from "../../http/message";
import { Router } from "../../http/router";
import { subscription } from "../../landingZone/layout";
import { contentOf } from "../jsonContent";
import { GroupMembership } from "../../entra/groupMembership";
import { pageBody } from "../queryOptions";
import { extensionId, extensionRoot, type ExtensionContext } from "./extensionContext";
import { isGuid } from "./guid";
import { parseFilter, unreadable } from "./odataFilter";
import * as errors from "./roleAssignmentErrors";
import { RoleAssignments, type PrincipalType, type RoleAssignment } from "./roleAssignments";
import { RoleDefinitions } from "./roleDefinitions";
import { isWithin, scopeKey } from "./scope";

/** Azure allows a subscription this many. */
const assignmentLimit = 4000;

const bodySchema = z.looseObject({
  properties: z.looseObject({
    roleDefinitionId: z.string(),
    principalId: z.string(),
    principalType: z.enum(["ServicePrincipal", "User", "Group", "ForeignGroup", "Device"]).nullish(),
    description: z.string().nullish(),
    condition: z.string().nullish(),
    delegatedManagedIdentityResourceId: z.string().nullish(),
  }),
});

type RequestedAssignment = z.output<typeof bodySchema>["properties"];

/** Role assignments at any scope. */
export function addRoleAssignmentRoutes(router: Router<ExtensionContext>, cloud: Cloud): void {
  const path = `${extensionRoot}/roleAssignments`;
  const assignments = new RoleAssignments(cloud.store);
  const seen = (): RoleAssignments => new RoleAssignments(cloud.replicas.records("arm"));
  const at = (from: RoleAssignments, name: string, scope: string): RoleAssignment | undefined => {
    const found = from.get(name);
    return found !== undefined && scopeKey(found.scope) === scopeKey(scope) ? found : undefined;
  };

  router
    .on("PUT", `${path}/:name`, (request, { name = "" }, { scope, caller }) => {
      if (!isGuid(name)) {
        throw errors.invalidAssignmentName(name);
      }
      const requested = contentOf(request, bodySchema).properties;
      const before = assignments.get(name);
      const checked = checkAssignment(cloud, requested, scope);
      if (before !== undefined && !isSame(before, checked)) {
        throw errors.updateNotPermitted();
      }
      const twin = assignments.at(checked.principalId, scope).find(({ roleId }) => roleId === checked.roleId);
      if (before === undefined && twin !== undefined) {
        throw errors.assignmentExists(twin);
      }
      if (before === undefined && assignments.all().length >= assignmentLimit) {
        throw errors.assignmentLimitExceeded();
      }
      const now = preciseTime(cloud.clock.now());
      const assignment: RoleAssignment = {
        ...checked,
        name: name.toLowerCase(),
        createdOn: before?.createdOn ?? now,
        updatedOn: now,
        createdBy: before?.createdBy ?? caller.objectId,
        updatedBy: caller.objectId,
      };
      assignments.set(assignment);
      const shown = before === undefined ? { ...assignment, createdBy: null } : assignment;
      return json(before === undefined ? 201 : 200, assignmentBody(shown));
    })
    .on("GET", `${path}/:name`, (_request, { name = "" }, { scope }) => {
      const found = at(seen(), name, scope);
      if (found === undefined) {
        throw errors.assignmentNotFound(name);
      }
      return json(200, assignmentBody(found));
    })
    .on("DELETE", `${path}/:name`, (_request, { name = "" }, { scope }) => {
      const found = at(assignments, name, scope);
      if (found === undefined) {
        return empty(204);
      }
      assignments.delete(found);
      return json(200, assignmentBody(found));
    })
    .on(
      "GET",
      path,
      (request, _parameters, { scope }) => {
        const matches = listFilter(queryParameter(request, "$filter"), scope, new GroupMembership(cloud.store));
        return json(200, pageBody(request, seen().all().filter(matches), assignmentBody));
      },
      ["$filter", "$skiptoken"],
    );
}

/** What can't change once it is assigned. */
type Assigned = Omit<RoleAssignment, "name" | "createdOn" | "updatedOn" | "createdBy" | "updatedBy">;

const isSame = (before: RoleAssignment, requested: Assigned): boolean =>
  before.roleId === requested.roleId &&
  before.principalId === requested.principalId &&
  scopeKey(before.scope) === scopeKey(requested.scope);

function checkAssignment(cloud: Cloud, requested: RequestedAssignment, scope: string): Assigned {
  if (requested.condition != null || requested.delegatedManagedIdentityResourceId != null) {
    throw errors.conditionsUnsupported();
  }
  const roleId = requested.roleDefinitionId.slice(requested.roleDefinitionId.lastIndexOf("/") + 1).toLowerCase();
  if (!isGuid(roleId)) {
    throw errors.invalidRoleDefinitionId(requested.roleDefinitionId);
  }
  if (!isGuid(requested.principalId)) {
    throw errors.invalidPrincipalId(requested.principalId);
  }
  const role = new RoleDefinitions(cloud.replicas.records("arm")).get(roleId);
  if (role === undefined) {
    throw errors.roleDefinitionDoesNotExist(roleId);
  }
  if (!role.assignableScopes.some((assignable) => isWithin(scope, assignable))) {
    throw errors.notAssignableAt(scope, roleId);
  }
  const principalId = requested.principalId.toLowerCase();
  const principalType = checkPrincipal(cloud, principalId, requested.principalType ?? undefined);
  return { roleId, principalId, principalType, scope, description: requested.description ?? null };
}

/** ARM looks a principal up only where the request does not say what it is; so a new one may not be found. */
function checkPrincipal(cloud: Cloud, principalId: string, given: PrincipalType | undefined): PrincipalType {
  const principal = cloud.replicas.directory("arm").principal(principalId);
  if (principal === undefined) {
    if (given === undefined) {
      throw errors.principalNotFound(principalId);
    }
    return given;
  }
  if (given !== undefined && given !== principal.kind) {
    throw errors.unmatchedPrincipalType(principalId, principal.kind, given);
  }
  return principal.kind;
}

/** Without a filter: assignments at the scope, above it and below it. */
function listFilter(
  filter: string | undefined,
  scope: string,
  membership: GroupMembership,
): (assignment: RoleAssignment) => boolean {
  const conditions = parseFilter(filter);
  const known = ["atscope", "principalid", "assignedto"];
  if (!conditions.every(({ name }) => known.includes(name))) {
    throw unreadable(filter ?? "");
  }
  const reachesBelow = !conditions.some(({ name }) => name === "atscope");
  const principals = conditions.flatMap(({ name, value }) => {
    const principal = value?.toLowerCase();
    return principal === undefined ? [] : [name === "assignedto" ? membership.principalsOf(principal) : [principal]];
  });
  return (assignment) =>
    (isWithin(scope, assignment.scope) || (reachesBelow && isWithin(assignment.scope, scope))) &&
    principals.every((these) => these.includes(assignment.principalId.toLowerCase()));
}

const subscriptionIn = (scope: string): string => /^\/subscriptions\/([^/]+)/.exec(scope)?.[1] ?? subscription.id;

const assignmentBody = ({ name, roleId, scope, ...rest }: RoleAssignment): object => ({
  properties: {
    roleDefinitionId: `/subscriptions/${subscriptionIn(scope)}/providers/Microsoft.Authorization/roleDefinitions/${roleId}`,
    principalId: rest.principalId,
    principalType: rest.principalType,
    scope,
    condition: null,
    conditionVersion: null,
    createdOn: rest.createdOn,
    updatedOn: rest.updatedOn,
    createdBy: rest.createdBy,
    updatedBy: rest.updatedBy,
    delegatedManagedIdentityResourceId: null,
    description: rest.description,
  },
  id: extensionId(scope, "roleAssignments", name),
  type: "Microsoft.Authorization/roleAssignments",
  name,
});

/** Authorization's times have seven decimals. */
export const preciseTime = (date: Date): string => date.toISOString().replace("Z", "0000Z");
