import { appRoleId, graphPermissions } from "../../../components/graph/permissions";
import {
  dangerousPermissions,
  microsoftGraph,
  permissionName,
  sensitivePermissions,
} from "../../../policy/reference/graphPermissions";
import { appRoleAssignment, application } from "../../../policy/rule/resourceTypes";
import type { Estate } from "../estate/estate";
import type { Parties } from "../estate/parties";
import { isOf, type Resource } from "../estate/resource";
import type { Grant } from "./grant";

const names = new Map(graphPermissions.map((name) => [appRoleId(name), name] as const));
const dangerous = new Set(dangerousPermissions.values());
const sensitive = new Set(sensitivePermissions.values());

/** Application permissions, as an application asks for them and as they are assigned to its service principal. */
export function appRoleGrants({ resources }: Estate, parties: Parties): Grant[] {
  return [
    ...resources.filter((each) => isOf(each, application)).flatMap((each) => requested(each, parties)),
    ...resources.filter((each) => isOf(each, appRoleAssignment)).map((each) => assigned(each, parties)),
  ];
}

function requested(registration: Resource, parties: Parties): Grant[] {
  return registration.inputs.items("requiredResourceAccesses").flatMap((api) =>
    api
      .items("resourceAccesses")
      .filter((access) => access.text("type") === "Role")
      .map((access) => ({
        ...permission(access.text("id") ?? "", api.text("resourceAppId")),
        holder: parties.canonical(registration),
        what: "requested",
        by: registration,
      })),
  );
}

/** What a role is of stands in the request for it; an assignment tells the API by an ID of the tenant's alone. */
function assigned(assignment: Resource, parties: Parties): Grant {
  return {
    ...permission(assignment.inputs.text("appRoleId") ?? "", undefined),
    holder: parties.named(assignment, "principalObjectId", "service principal"),
    what: "granted",
    by: assignment,
  };
}

function permission(id: string, api: string | undefined): Pick<Grant, "kind" | "to" | "weight"> {
  const role = id.toLowerCase();
  const name = names.get(role) ?? permissionName(role);
  const isGraph = api === undefined ? name !== role : api === microsoftGraph;
  return {
    kind: isGraph ? "graph-permission" : "app-role",
    to: { key: role, name, kind: isGraph ? "Microsoft Graph permission" : "application role" },
    ...(dangerous.has(role) ? { weight: "privileged" } : sensitive.has(role) ? { weight: "sensitive" } : {}),
  };
}
