import { armRow } from "./armRow";
import { action } from "./right";
import { guidOf, type FunctionRow, type ResourceRow } from "./row";

const extension = "{scope}/providers/Microsoft.Authorization";

/** Roles, their assignments, and locks: they sit on any resource. */
export const authorizationResources: readonly ResourceRow[] = [
  armRow({
    type: "azure-native:authorization:RoleAssignment",
    path: `${extension}/roleAssignments/{roleAssignmentName}`,
  }),
  armRow({
    type: "azure-native:authorization:RoleDefinition",
    path: `${extension}/roleDefinitions/{roleDefinitionId}`,
    // Wherever one is made, Azure keeps and answers it at the subscription, where it is then read, changed and deleted.
    askedAt: (id) => /^\/subscriptions\/[^/]+/i.exec(id)?.[0] ?? id,
    // Azure asks for the right on every scope that the role may be assigned at.
    linked: ({ inputs }) =>
      (Array.isArray(inputs["assignableScopes"]) ? inputs["assignableScopes"] : []).map((scope) =>
        action("Microsoft.Authorization/roleDefinitions/write", String(scope)),
      ),
  }),
  armRow({ type: "azure-native:authorization:ManagementLockByScope", path: `${extension}/locks/{lockName}` }),
];

export const authorizationFunctions: readonly FunctionRow[] = [
  {
    token: "azure-native:authorization:getClientConfig",
    answer: (_inputs, { subscriptionId, tenantId }) => ({
      clientId: guidOf("deployer, client"),
      objectId: guidOf("deployer"),
      subscriptionId,
      tenantId,
    }),
    read: () => [],
  },
  {
    // The program does without an answer.
    token: "azure-native:authorization:getRoleDefinition",
    answer: () => ({}),
    read: () => [],
  },
];
