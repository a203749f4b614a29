import { identities, resourceGroupId, resourceGroups } from "../../local/azure/landingZone/layout";
import { roleAssignments } from "../engine/support/census";
import type { Administrator } from "../support/delivery";

interface Listed<Item> {
  readonly value: readonly Item[];
}
interface Password {
  readonly keyId: string;
  readonly displayName: string;
}
interface GraphApplication {
  readonly id: string;
  readonly appId: string;
  readonly displayName: string;
  readonly passwordCredentials: readonly Password[];
}

/** A daemon's application, and what it may do. */
export interface TenantApplication extends GraphApplication {
  readonly principalIds: readonly string[];
  readonly grants: readonly { readonly id: string; readonly appRoleId: string; readonly principalId: string }[];
}

export interface TenantAssignment {
  readonly id: string;
  readonly principalId: string;
  readonly scope: string;
  /** GUID. */
  readonly role: string;
}

/** What stands in Azure beside the landing zone. */
export interface Tenant {
  readonly applications: readonly TenantApplication[];
  readonly assignments: readonly TenantAssignment[];
  /** ARM IDs in the stack's resource group. */
  readonly resources: readonly string[];
}

/** @param landingZone IDs of the role assignments and resources that were there before the stack */
export async function tenantOf(administrator: Administrator, landingZone: ReadonlySet<string>): Promise<Tenant> {
  const group = resourceGroupId(resourceGroups.daemons);
  const listed = async <Item>(path: string): Promise<readonly Item[]> =>
    ((await administrator.graph("GET", path)) as unknown as Listed<Item>).value;
  const all = await listed<GraphApplication>("/applications?$select=id,appId,displayName,passwordCredentials");
  const own = all.filter(({ displayName }) => !displayName.startsWith("landing-zone-"));
  const applications = own.map(async (application): Promise<TenantApplication> => {
    const filter = `/servicePrincipals?$filter=appId eq '${application.appId}'&$select=id`;
    const principalIds = (await listed<{ readonly id: string }>(filter)).map(({ id }) => id);
    const grants = principalIds.map((id) =>
      listed<TenantApplication["grants"][number]>(`/servicePrincipals/${id}/appRoleAssignments`),
    );
    return { ...application, principalIds, grants: (await Promise.all(grants)).flat() };
  });
  const resources = (await administrator.arm("GET", `${group}/resources`, "2021-04-01")) as Listed<{
    readonly id: string;
  }>;
  return {
    applications: await Promise.all(applications),
    assignments: (await roleAssignments(administrator))
      .filter(({ id }) => !landingZone.has(id))
      .map(({ id, properties: { principalId, scope, roleDefinitionId } }) => ({
        id,
        principalId,
        scope,
        role: roleDefinitionId.split("/").pop() ?? "",
      })),
    resources: resources.value.map(({ id }) => id).filter((id) => !landingZone.has(id)),
  };
}

export const consumer = identities.consumer.objectId;
