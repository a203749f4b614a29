import { envelope, flattened, list, object, systemData, text, type ResourceSpec } from "../spec";

const permission = object({
  actions: list(text()),
  condition: text({ readOnly: true }),
  conditionVersion: text({ readOnly: true }),
  dataActions: list(text()),
  notActions: list(text()),
  notDataActions: list(text()),
});

export const roleDefinition: ResourceSpec = {
  type: "azure-native:authorization:RoleDefinition",
  path: "/{scope}/providers/Microsoft.Authorization/roleDefinitions/{roleDefinitionId}",
  apiVersion: "2022-05-01-preview",
  parameters: { scope: { wholePath: true }, roleDefinitionId: { name: "uuid" } },
  properties: {
    ...envelope,
    ...systemData,
    ...flattened({
      assignableScopes: list(text()),
      createdBy: text({ readOnly: true }),
      createdOn: text({ readOnly: true }),
      description: text(),
      permissions: list(permission),
      roleName: text(),
      roleType: text({ wire: "type" }),
      updatedBy: text({ readOnly: true }),
      updatedOn: text({ readOnly: true }),
    }),
  },
};
