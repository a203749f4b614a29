import { randomUUID } from "node:crypto";
import { subscription, tenant } from "../../../../local/azure/landingZone/layout";
import type { DeployerCredentials } from "../../../../local/providers/rest/credentials";
import { customRole } from "../../../../tools/doctor/rights/roleDefinition";
import type { AzureScope, RightsList } from "../../../../tools/doctor/rights/rightsList";
import type { Administrator } from "../../../support/delivery";

/** Gives a right back. */
export type Restore = () => Promise<void>;

interface GraphPrincipal {
  readonly id: string;
  readonly appRoles: readonly { readonly id: string; readonly value: string }[];
}

const definitionId = (id: string): string =>
  `/subscriptions/${subscription.id}/providers/Microsoft.Authorization/roleDefinitions/${id}`;

interface Role {
  readonly id: string;
  readonly scope: AzureScope;
  readonly withdrawn: Set<string>;
}

/** A deployer that has exactly the rights of a list: custom roles as `--role` prints them, and Graph permissions. */
export class LimitedDeployer {
  private readonly roles = new Map<string, Role>();
  private readonly grants = new Map<string, string>();

  private constructor(
    private readonly administrator: Administrator,
    private readonly list: RightsList,
    readonly objectId: string,
    readonly applicationId: string,
    readonly credentials: DeployerCredentials,
    private readonly graph: GraphPrincipal,
  ) {}

  static async make(administrator: Administrator, list: RightsList): Promise<LimitedDeployer> {
    const application = await administrator.graph("POST", "/applications", { displayName: `deployer ${randomUUID()}` });
    const { appId = "", id = "" } = application;
    const { id: objectId = "" } = await administrator.graph("POST", "/servicePrincipals", { appId });
    const { secretText = "" } = await administrator.graph("POST", `/applications/${id}/addPassword`, {
      passwordCredential: { displayName: "deploys" },
    });
    const path = "/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')";
    const graph = (await administrator.graph("GET", path)) as unknown as GraphPrincipal;
    const credentials = { tenantId: tenant.id, clientId: appId, clientSecret: secretText };
    const deployer = new LimitedDeployer(administrator, list, objectId, id, credentials, graph);
    for (const { permission } of list.graph) await deployer.grant(permission);
    for (const scope of list.azure) await deployer.assign(scope);
    return deployer;
  }

  /** Takes one action at a scope away. */
  async withdrawAction(scope: string, action: string): Promise<Restore> {
    const role = this.roles.get(scope);
    if (role === undefined) throw new Error(`no role at ${scope}`);
    role.withdrawn.add(action);
    await this.define(role);
    return () => {
      role.withdrawn.delete(action);
      return this.define(role);
    };
  }

  /** Takes a permission of Microsoft Graph away. Tokens that were issued before still carry it. */
  async withdrawPermission(permission: string): Promise<Restore> {
    const path = `/servicePrincipals/${this.objectId}/appRoleAssignments`;
    await this.administrator.graph("DELETE", `${path}/${this.grants.get(permission) ?? ""}`);
    return () => this.grant(permission);
  }

  private async grant(permission: string): Promise<void> {
    const appRoleId = this.graph.appRoles.find(({ value }) => value === permission)?.id;
    const grant = { principalId: this.objectId, resourceId: this.graph.id, appRoleId };
    const path = `/servicePrincipals/${this.objectId}/appRoleAssignments`;
    const { id = "" } = await this.administrator.graph("POST", path, grant);
    this.grants.set(permission, id);
  }

  private async assign(scope: AzureScope): Promise<void> {
    const role = { id: randomUUID(), scope, withdrawn: new Set<string>() };
    this.roles.set(scope.scope, role);
    await this.define(role);
    await this.administrator.arm(
      "PUT",
      `${scope.scope}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}`,
      "2022-04-01",
      {
        properties: {
          roleDefinitionId: definitionId(role.id),
          principalId: this.objectId,
          principalType: "ServicePrincipal",
        },
      },
    );
  }

  /** As `az role definition create` makes it of the file. */
  private async define({ id, scope, withdrawn }: Role): Promise<void> {
    const actions = scope.actions.filter(({ action }) => !withdrawn.has(action));
    const role = customRole(this.list, { ...scope, actions });
    await this.administrator.arm("PUT", definitionId(id), "2022-04-01", {
      properties: {
        roleName: `${role.Name} ${id}`,
        description: role.Description,
        type: "CustomRole",
        permissions: [
          {
            actions: role.Actions,
            notActions: role.NotActions,
            dataActions: role.DataActions,
            notDataActions: role.NotDataActions,
          },
        ],
        assignableScopes: role.AssignableScopes,
      },
    });
  }
}
