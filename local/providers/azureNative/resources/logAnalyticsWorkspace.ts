import {
  any,
  envelope,
  flag,
  flattened,
  integer,
  object,
  resourceGroupName,
  systemData,
  text,
  tracked,
  type ResourceSpec,
} from "../spec";

export const logAnalyticsWorkspace: ResourceSpec = {
  type: "azure-native:operationalinsights:Workspace",
  path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.OperationalInsights/workspaces/{workspaceName}",
  apiVersion: "2023-09-01",
  parameters: {
    resourceGroupName,
    workspaceName: { name: "random", minLength: 4, maxLength: 63, pattern: /^[A-Za-z0-9][A-Za-z0-9-]+[A-Za-z0-9]$/ },
  },
  properties: {
    ...envelope,
    ...systemData,
    ...tracked,
    etag: text({ readOnly: true }),
    identity: any(),
    ...flattened({
      createdDate: text({ readOnly: true }),
      customerId: text({ readOnly: true }),
      defaultDataCollectionRuleResourceId: text(),
      features: any(),
      forceCmkForQuery: flag(),
      modifiedDate: text({ readOnly: true }),
      privateLinkScopedResources: any({ readOnly: true }),
      provisioningState: text({ readOnly: true }),
      publicNetworkAccessForIngestion: text(),
      publicNetworkAccessForQuery: text(),
      retentionInDays: integer(),
      sku: object({
        capacityReservationLevel: integer(),
        lastSkuUpdate: text({ readOnly: true }),
        name: text({ required: true }),
      }),
      workspaceCapping: object({
        dailyQuotaGb: any(),
        dataIngestionStatus: text({ readOnly: true }),
        quotaNextResetTime: text({ readOnly: true }),
      }),
    }),
  },
};
