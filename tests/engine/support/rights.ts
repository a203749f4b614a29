import { identities, subscription } from "../../../local/azure/landingZone/layout";
import type { Administrator } from "../../support/delivery";
import { roleAssignments } from "./census";

/** Gives a right back. */
export type Restore = () => Promise<void>;

const deployer = identities.deployer.objectId;
const graphAppId = "00000003-0000-0000-c000-000000000000";

interface GraphPrincipal {
  readonly id: string;
  readonly appRoles: readonly { readonly id: string; readonly value: string }[];
}
interface Grant {
  readonly id: string;
  readonly appRoleId: string;
}

/** Takes an application permission of Microsoft Graph from the deployer. */
export async function withdrawPermission(administrator: Administrator, permission: string): Promise<Restore> {
  const graph = (await administrator.graph(
    "GET",
    `/servicePrincipals(appId='${graphAppId}')`,
  )) as unknown as GraphPrincipal;
  const appRoleId = graph.appRoles.find(({ value }) => value === permission)?.id ?? "";
  const path = `/servicePrincipals/${deployer}/appRoleAssignments`;
  const { value: grants } = (await administrator.graph("GET", path)) as unknown as { value: Grant[] };
  const grant = grants.find((each) => each.appRoleId === appRoleId);
  await administrator.graph("DELETE", `${path}/${grant?.id ?? ""}`);
  return async () => {
    await administrator.graph("POST", path, { principalId: deployer, resourceId: graph.id, appRoleId });
  };
}

/** Takes an Azure role at a scope from the deployer. @param role GUID of the role */
export async function withdrawRole(administrator: Administrator, role: string, scope: string): Promise<Restore> {
  const found = (await roleAssignments(administrator)).find(
    ({ properties }) =>
      properties.principalId === deployer &&
      properties.scope.toLowerCase() === scope.toLowerCase() &&
      properties.roleDefinitionId.endsWith(role),
  );
  await administrator.removeAssignment(found?.id ?? "");
  const roleDefinitionId = `/subscriptions/${subscription.id}/providers/Microsoft.Authorization/roleDefinitions/${role}`;
  return async () => {
    await administrator.arm("PUT", found?.id ?? "", "2022-04-01", {
      properties: { roleDefinitionId, principalId: deployer, principalType: "ServicePrincipal" },
    });
  };
}
