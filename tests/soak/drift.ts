import type { Administrator } from "../support/delivery";
import type { Happening } from "./events";
import type { Tenant } from "./tenant";

type Drift = Extract<Happening, { kind: "drift" }>["what"];

/** Changes Azure behind the stack's back. @returns what was changed; nothing where there was nothing to change */
export async function drift(
  administrator: Administrator,
  { applications, assignments, resources }: Tenant,
  what: Drift,
  name: string,
): Promise<string[]> {
  const application = applications.find(({ displayName }) => displayName === name);
  if (application === undefined) return [];
  if (what === "role") {
    const role = assignments.find(({ principalId }) => application.principalIds.includes(principalId));
    if (role === undefined) return [];
    await administrator.removeAssignment(role.id);
  }
  if (what === "grant") {
    const [grant] = application.grants;
    if (grant === undefined) return [];
    await administrator.graph("DELETE", `/servicePrincipals/${grant.principalId}/appRoleAssignments/${grant.id}`);
  }
  if (what === "password") {
    const { keyId } = application.passwordCredentials.at(-1) ?? {};
    if (keyId === undefined) return [];
    await administrator.graph("POST", `/applications/${application.id}/removePassword`, { keyId });
  }
  if (what === "tags") {
    const vault = resources.find((id) => id.includes("/Microsoft.KeyVault/vaults/"));
    await administrator.arm("PATCH", vault ?? "", "2024-11-01", { tags: { owner: "nobody" } });
  }
  return [`${what} of ${name}`];
}
