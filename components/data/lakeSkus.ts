import { oneOf } from "../checks/oneOf";

/** Three copies in three zones of one region. */
export const DEFAULT_LAKE_SKU = "Standard_ZRS";

/** Replication kinds that a lake with a hierarchical namespace can have. */
export const lakeSkus = [
  "Standard_LRS",
  "Standard_ZRS",
  "Standard_GRS",
  "Standard_RAGRS",
  "Standard_GZRS",
  "Standard_RAGZRS",
] as const;

export const lakeSku = oneOf("a replication kind", lakeSkus);
