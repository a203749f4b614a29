import { ownValue } from "../../http/ownValue";

/** What a type of resource can tell: its categories of logs, their groups, and its categories of metrics. */
export interface Categories {
  readonly logs: readonly string[];
  readonly groups: readonly string[];
  readonly metrics: readonly string[];
}

const byType: Readonly<Record<string, Categories>> = {
  "microsoft.keyvault/vaults": {
    logs: ["AuditEvent", "AzurePolicyEvaluationDetails"],
    groups: ["audit", "allLogs"],
    metrics: ["AllMetrics"],
  },
  "microsoft.storage/storageaccounts": { logs: [], groups: [], metrics: ["Transaction", "Capacity"] },
  "microsoft.storage/storageaccounts/blobservices": {
    logs: ["StorageRead", "StorageWrite", "StorageDelete"],
    groups: ["audit", "allLogs"],
    metrics: ["Transaction", "Capacity"],
  },
};

/** The categories of a type that local Azure knows them of. */
export const categoriesOf = (type: string): Categories | undefined => ownValue(byType, type.toLowerCase());
