import { envelope, flattened, systemData, text, type ResourceSpec } from "../spec";

export const roleAssignment: ResourceSpec = {
  type: "azure-native:authorization:RoleAssignment",
  path: "/{scope}/providers/Microsoft.Authorization/roleAssignments/{roleAssignmentName}",
  apiVersion: "2022-04-01",
  parameters: { scope: { wholePath: true }, roleAssignmentName: { name: "uuid" } },
  properties: {
    ...envelope,
    ...systemData,
    ...flattened({
      condition: text(),
      conditionVersion: text(),
      createdBy: text({ readOnly: true }),
      createdOn: text({ readOnly: true }),
      delegatedManagedIdentityResourceId: text(),
      description: text(),
      principalId: text({ required: true, immutable: true }),
      principalType: text(),
      roleDefinitionId: text({ required: true }),
      scope: text({ readOnly: true }),
      updatedBy: text({ readOnly: true }),
      updatedOn: text({ readOnly: true }),
    }),
  },
};
