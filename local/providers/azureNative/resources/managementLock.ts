import { any, envelope, flattened, systemData, text, type ResourceSpec } from "../spec";

export const managementLock: ResourceSpec = {
  type: "azure-native:authorization:ManagementLockByScope",
  path: "/{scope}/providers/Microsoft.Authorization/locks/{lockName}",
  apiVersion: "2020-05-01",
  parameters: { scope: { wholePath: true }, lockName: { name: "random" } },
  properties: {
    ...envelope,
    ...systemData,
    ...flattened({ level: text({ required: true }), notes: text(), owners: any() }),
  },
};
