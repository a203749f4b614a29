import { armGetter, armRow } from "./armRow";
import type { Inputs } from "./right";
import type { FunctionRow, ResourceRow } from "./row";

const state = (id: string): Inputs => ({
  endpoint: `${id.slice(id.lastIndexOf("/") + 1)}.azuredatalakestore.net`,
});

const account = armRow({
  type: "azure-native:datalakestore:Account",
  path: "{group}/providers/Microsoft.DataLakeStore/accounts/{accountName}",
  state,
});

/** Data Lake Storage Gen1. */
export const dataLakeStoreResources: readonly ResourceRow[] = [account];

export const dataLakeStoreFunctions: readonly FunctionRow[] = [
  armGetter("azure-native:datalakestore:getAccount", account, state),
];
