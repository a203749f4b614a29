import type { GrantRecord } from "../../model/schema";

/** Kinds of grants, as a filter names them. */
export const kindWords: Readonly<Record<GrantRecord["kind"], string>> = {
  "graph-permission": "Graph permissions",
  "app-role": "Roles of other APIs",
  "directory-role": "Directory roles",
  "azure-role": "Azure roles",
  "secret-reader": "Reading secrets",
  owner: "Ownership",
  "federated-subject": "Trusted tokens",
  network: "Networks",
};

/** Grants of some kinds that stay or come. */
export const grantsOfKind = (grants: readonly GrantRecord[], kinds: ReadonlySet<string>): GrantRecord[] =>
  grants.filter(({ kind, change }) => kinds.has(kind) && change !== "loses");
