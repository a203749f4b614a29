import { envelope, flag, flattened, integer, list, object, systemData, text, type ResourceSpec } from "../spec";

const retentionPolicy = object({ days: integer({ required: true }), enabled: flag({ required: true }) });

export const diagnosticSetting: ResourceSpec = {
  type: "azure-native:monitor:DiagnosticSetting",
  path: "/{resourceUri}/providers/Microsoft.Insights/diagnosticSettings/{name}",
  apiVersion: "2021-05-01-preview",
  parameters: { name: { name: "random" }, resourceUri: { wholePath: true } },
  properties: {
    ...envelope,
    ...systemData,
    ...flattened({
      eventHubAuthorizationRuleId: text(),
      eventHubName: text(),
      logAnalyticsDestinationType: text(),
      logs: list(
        object({ category: text(), categoryGroup: text(), enabled: flag({ required: true }), retentionPolicy }),
      ),
      marketplacePartnerId: text(),
      metrics: list(
        object({ category: text(), enabled: flag({ required: true }), retentionPolicy, timeGrain: text() }),
      ),
      serviceBusRuleId: text(),
      storageAccountId: text(),
      workspaceId: text(),
    }),
  },
};
