import {
  replicationFacts,
  type Evidence,
  type Reader,
  type ReplicatedKind,
} from "../azure/conditions/replication/facts";

const kinds: Readonly<Record<ReplicatedKind, string>> = {
  application: "application",
  servicePrincipal: "service principal",
  clientSecret: "client secret",
  certificate: "certificate",
  federatedCredential: "federated credential",
  appRoleAssignment: "app role assignment",
  roleAssignment: "role assignment",
  roleDefinition: "custom role",
  vaultSecret: "vault secret",
  hostName: "host name of a vault or a storage account",
};

const readers: Readonly<Record<Reader, string>> = {
  graph: "Microsoft Graph",
  entra: "token endpoint",
  arm: "Azure Resource Manager",
  armAccess: "Azure Resource Manager, to let callers in",
  keyVault: "Key Vault",
  keyVaultAccess: "Key Vault, to let callers in",
  storageAccess: "storage, to let callers in",
  names: "name resolution",
};

const evidence: Readonly<Record<Evidence, string>> = {
  documented: "documented",
  reported: "reported",
  client: "what a client waits for",
  assumed: "assumed",
};

/** How long changes take to be seen, as the facts list it. */
export function replicationTable(): string {
  const rows = replicationFacts.map(
    ({ kind, reader, seconds: [from, to], evidence: rests, source }) =>
      `| ${kinds[kind]} | ${readers[reader]} | ${from} to ${to} s | ${evidence[rests]} | ${source} |`,
  );
  return ["| change of | seen by | after | evidence | source |", "| --- | --- | --- | --- | --- |", ...rows].join("\n");
}
