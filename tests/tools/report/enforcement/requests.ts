import { subscription, workspaceId } from "../../../../local/azure/landingZone/layout";

const graph = "https://graph.microsoft.com/v1.0";

export const graphScope = "https://graph.microsoft.com/.default";
export const workspaceUrl = `https://management.azure.com${workspaceId}`;
export const applicationUrl = (id: string): string => `${graph}/applications/${id}`;

/** The role that a probe assigns, where it may. */
export const readerRole = `/subscriptions/${subscription.id}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7`;

/** A request that Graph answers to whoever has this permission. */
export const graphCalls: Readonly<Record<string, string>> = {
  "User.Read.All": `${graph}/users?$select=jobTitle`,
  "Group.Read.All": `${graph}/groups`,
  "Domain.Read.All": `${graph}/domains`,
  "DelegatedPermissionGrant.ReadWrite.All": `${graph}/oauth2PermissionGrants`,
};

/** Requests to the workspace, by what they show. A refusal comes before a look at what is there, so any other answer is a yes. */
export const workspaceCalls: Readonly<Record<string, readonly [method: string, path: string, body?: object]>> = {
  "read the workspace": ["GET", ""],
  "run jobs": ["PUT", "/jobs/probe", {}],
  "start computes": ["POST", "/computes/probe/start"],
  "call endpoints": ["POST", "/onlineEndpoints/probe/token"],
  "change settings": ["PATCH", "", {}],
};
